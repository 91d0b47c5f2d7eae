// Reads [text, …] from the standard input; writes [[{uid, summary, start, end}, …], …], the
// instants in seconds since 1970, as ical.js understands them. A fault ends it with its message.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const seconds = (property) => {
  if (!property) return null;
  const time = property.getFirstValue();
  // A day has no instant: the number of its midnight in UTC stands for it.
  return time.isDate ? Date.UTC(time.year, time.month - 1, time.day) / 1000 : time.toUnixTime();
};

const read = (text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    summary: event.getFirstPropertyValue("summary"),
    start: seconds(event.getFirstProperty("dtstart")),
    end: seconds(event.getFirstProperty("dtend")),
  }));
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
