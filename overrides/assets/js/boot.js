// Blocking and tiny: puts the reader's choices on <html> before the first paint. Only what the stylesheet knows gets through.
(() => {
  document.documentElement.dataset.scripts = "";
  const known = /^(size|leading|spacing|width|theme|ruler|pointer)$/;
  try {
    for (const [name, value] of Object.entries(JSON.parse(localStorage.getItem("reading") || "{}"))) {
      if (known.test(name) && /^[\w-]{1,20}$/.test(value)) document.documentElement.dataset[name] = value;
    }
  } catch {
    // Storage may be shut; the page is whole without it.
  }
})();
