// "Cite this page": the day of access, and, when the address names a paragraph, that paragraph's address and printed page.
import { printedPage } from "./printed-page.js";
import { target } from "./view.js";

const box = document.querySelector(".cite");
const original = new Map([...box.querySelectorAll("[data-cite]")].map((part) => [part, part.textContent]));

function fill() {
  const block = target();
  const address = block ? `${box.dataset.url}#${block.id}` : box.dataset.url;
  const page = block && printedPage(block);
  for (const [part, text] of original) {
    const what = part.dataset.cite;
    if (what === "url") part.textContent = address;
    if (part.href) part.href = address;
    if (what === "printed") part.textContent = page || text;
    if (what === "range") part.textContent = page ? "p." : text;
    if (what === "day") part.textContent = `[${new Date().toLocaleDateString("sv-SE")}]`;
  }
}

/** Real links, in the order of reading, only because the reader asked for them. */
function toggleLinks({ currentTarget: button }) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", on);
  for (const link of document.querySelectorAll(".permalink")) link.remove();
  if (!on) return;
  for (const block of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, p, blockquote)[id], main :is(tr, li)[id]")) {
    const link = document.createElement("a");
    const page = printedPage(block);
    link.className = "permalink";
    link.href = `#${block.id}`;
    link.textContent = "¶";
    link.ariaLabel = [button.dataset.paragraphLinks, page].filter(Boolean).join(" · ");
    (block.matches("tr") ? block.cells[0] : block).append(link);
  }
}

export function start() {
  fill();
  addEventListener("hashchange", fill);
  box.querySelector("[data-paragraph-links]").addEventListener("click", toggleLinks);
}
