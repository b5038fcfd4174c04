// A button in each row of the table of numbers, which opens the number's card.

import { notLoaded } from "./site.js";

const table = document.getElementById("numbers-table");
const pattern = document.getElementById("card-button");

for (const row of (pattern && table?.querySelectorAll("tbody tr[id]")) || []) {
  const button = pattern.content.firstElementChild.cloneNode(true);
  const [value, what] = row.cells;
  // In the first data cell: within a header it would be said with each mention of it.
  button.ariaLabel = `${button.textContent}: ${value.textContent.trim()} ${what.textContent.trim()}`;
  button.addEventListener("click", async () => {
    const card = await import("./figure-card.js").catch(() => null);
    if (!(await card?.open(button, `${location.href.split("#")[0]}#${row.id}`))) notLoaded();
  });
  what.append(" ", button);
}
