// Reads an HTML document from the standard input; writes {errors, warnings}, each a list of
// [feature, client], for the clients that its arguments name (« gmail.* »).
import { readFileSync } from "node:fs";
import { caniemail, rawData } from "caniemail";

const clients = new Set(
  rawData.data.flatMap(({ stats }) =>
    Object.entries(stats).flatMap(([family, kinds]) =>
      Object.keys(kinds).map((kind) => `${family}.${kind}`),
    ),
  ),
);

// The package stops at a client on which a feature was not tested, takes « unknown » for partly
// supported, and orders versions by letters, so that 16.80 comes before 2016. Leave it one version
// of each client: the last that was tested. What nobody tested is no issue.
for (const { stats } of rawData.data) {
  for (const [family, kind] of [...clients].map((client) => client.split("."))) {
    const support = Object.values(stats[family]?.[kind] ?? {}).at(-1) ?? "u";
    stats[family] = { ...stats[family], [kind]: { last: support.startsWith("u") ? "y" : support } };
  }
}

const { issues } = caniemail({ clients: process.argv.slice(2), html: readFileSync(0, "utf8") });
const pairs = (found) =>
  [...found].flatMap(([client, faults]) => faults.map(({ title }) => [title, client]));
process.stdout.write(
  JSON.stringify({ errors: pairs(issues.errors), warnings: pairs(issues.warnings) }),
);
