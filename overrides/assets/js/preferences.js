// The dialog of reading preferences: native controls, whose names are the data-* attributes on <html>.

import { dressed } from "./dressed.js";
import { colourBrowser, filled, notLoaded } from "./site.js";
import { keep } from "./storage.js";
import { keepingPlace } from "./view.js";

const root = document.documentElement;
const dialog = document.getElementById("preferences");
const form = dialog.querySelector("form");
const said = form.querySelector("[role=status]");
const controls = [...form.elements].filter((control) => control.name);

function save() {
  const chosen = Object.fromEntries(
    controls.map(({ name }) => [name, root.dataset[name]]).filter(([, value]) => value),
  );
  keep("localStorage", "reading", JSON.stringify(chosen));
}

function apply(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  if (name === "ruler" && value) import("./ruler.js").catch(notLoaded);
  if (name === "theme") colourBrowser();
}

function show() {
  for (const control of controls) {
    if (control.type === "checkbox") control.checked = Boolean(root.dataset[control.name]);
    else control.value = root.dataset[control.name] ?? "";
  }
}

form.addEventListener("change", ({ target }) => {
  // In a modal dialog some pairs of browser and screen reader leave a new choice unsaid.
  said.textContent = target.selectedOptions
    ? filled(said.dataset.chosen, { name: target.labels[0].textContent, value: target.selectedOptions[0].text })
    : "";
  keepingPlace(() => apply(target.name, target.type === "checkbox" ? target.checked && "on" : target.value));
  save();
});

form.querySelector("[data-reset]").addEventListener("click", () => {
  keepingPlace(() => controls.forEach(({ name }) => apply(name, "")));
  show();
  save();
  said.textContent = said.dataset.resetDone;
});

form.querySelector("[data-read]").addEventListener("click", async () => {
  dialog.close();
  (await import("./read-aloud.js").catch(notLoaded))?.start();
});

form.querySelector(".needs-speech").hidden = !("speechSynthesis" in window && CSS.highlights);

export async function open() {
  await dressed;
  show();
  if (dialog.open) return;
  dialog.showModal();
  // As the page behind it leaves the accessibility tree, the new focus may pass unheard; a status doesn't.
  said.textContent = said.dataset.opened;
}
