"""The folder of a site in the browser's own file system, in the place of one of the disk.

Its handles are of the same interface as those of a folder that someone chooses.
"""

PICK = """
window.showDirectoryPicker = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("site");
"""
SEED = """
async (files) => {
  const root = await navigator.storage.getDirectory();
  const folder = async (parts) => {
    let found = root;
    for (const part of parts) found = await found.getDirectoryHandle(part, { create: true });
    return found;
  };
  await folder(["site", ".git"]);
  for (const [path, data] of Object.entries(files)) {
    const parts = ["site", ...path.split("/")];
    const parent = await folder(parts.slice(0, -1));
    const file = await parent.getFileHandle(parts.at(-1), { create: true });
    const writer = await file.createWritable();
    await writer.write(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)));
    await writer.close();
  }
}
"""
READ = """
async () => {
  const found = {};
  const read = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await read(handle, `${path}${name}/`);
      else {
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        found[path + name] = btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
      }
    }
  };
  try {
    await read(await (await navigator.storage.getDirectory()).getDirectoryHandle("site"), "");
  } catch {
    return {};  // a file was given its name meanwhile
  }
  return found;
}
"""
