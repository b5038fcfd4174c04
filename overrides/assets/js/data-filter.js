// Leaves the rows of the table of numbers that hold what is typed.

import { Folder } from "./search-fold.js";

const region = document.getElementById("numbers-table")?.closest(".table-region");
const form = document.getElementById("data-filter")?.content.firstElementChild;

if (region && form) {
  region.before(form);
  const folder = new Folder();
  const field = form.querySelector("input"),
    status = form.querySelector("[role=status]");
  const rows = [...region.querySelectorAll("tbody tr")].map((row) => ({ row, text: folder.fold(row.textContent) }));

  const filter = () => {
    const words = field.value
      .split(/\s+/)
      .map((word) => folder.fold(word))
      .filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    const said = status.dataset.words.replace("{count}", count).replace("{total}", rows.length);
    status.textContent = words.length ? said : "";
  };
  field.addEventListener("input", filter);
}
