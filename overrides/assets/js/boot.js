// Blocking and tiny: puts the reader's choices on <html> before the first paint. Only what the stylesheet knows gets through.
(() => {
  // From a disk no browser loads modules: nothing that needs them is shown, and links name the file in the folder. The offline
  // edition has a script in their place, and names the files itself.
  const fromDisk = location.protocol === "file:" && !("offline" in document.documentElement.dataset);
  document.documentElement.dataset[fromDisk ? "disk" : "scripts"] = "";
  if (fromDisk) {
    addEventListener("DOMContentLoaded", () => {
      for (const link of document.links) {
        if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
      }
    });
  }
  const known = /^(size|leading|spacing|width|theme|ruler|pointer|markers)$/;
  try {
    for (const [name, value] of Object.entries(JSON.parse(localStorage.getItem("reading") || "{}"))) {
      if (known.test(name) && /^[\w-]{1,20}$/.test(value)) document.documentElement.dataset[name] = value;
    }
  } catch {
    // Storage may be shut; the page is whole without it.
  }
})();
