// The sheet of dialogs, which most readers never need. A failed fetch still opens a dialog, plain.

export const dressed = new Promise((resolve) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("dialog.css", document.querySelector("link[rel=stylesheet]").href).href;
  link.onload = link.onerror = resolve;
  document.head.append(link);
});
