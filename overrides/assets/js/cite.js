// "Cite this page": the day of access, and, when the address names a paragraph, that paragraph's address and printed page.
import { copyText } from "./copying.js";
import { printedPage } from "./printed-page.js";
import { filled } from "./site.js";
import { target } from "./view.js";

const BLOCKS = "main :is(h1, h2, h3, h4, h5, h6, p, blockquote, tr, li)[id]";
const LONGEST = { zh: 20, en: 40 };

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

/** The first words, by which a reader of the list of links knows the paragraph. */
function opening(block) {
  const lang = document.documentElement.lang;
  let start = "";
  for (const { segment } of new Intl.Segmenter(lang, { granularity: "word" }).segment(
    block.innerText.trim().replace(/\s+/g, " "),
  )) {
    if (start.length + segment.length > LONGEST[lang.slice(0, 2)]) return `${start.trim()}…`;
    start += segment;
  }
  return start;
}

/** Behind a heading, in a table's first data cell: within a header it would be said with each mention of it. */
function place(link, block) {
  if (/^H\d$/.test(block.tagName)) block.after(link);
  else (block.querySelector(":scope > td") ?? block.cells?.[0] ?? block).append(link);
}

/** Real links, in the order of reading, only because the reader asked for them. */
function toggleLinks({ currentTarget: button }) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", on);
  for (const link of document.querySelectorAll(".permalink")) link.remove();
  if (!on) return;
  // All texts are read first: each would else have the page laid out anew.
  const blocks = [...document.querySelectorAll(BLOCKS)].map((block) => [block, opening(block)]);
  for (const [block, start] of blocks) {
    const link = document.createElement("a");
    link.className = "permalink";
    link.href = `#${block.id}`;
    link.textContent = "¶";
    const page = printedPage(block);
    link.ariaLabel = filled(page ? button.dataset.onPage : button.dataset.paragraphLinks, { start, page });
    place(link, block);
  }
}

function copy({ currentTarget: button }) {
  copyText(button.closest("div").querySelector("pre, dd"), box.querySelector(".cite-status"));
}

export function start() {
  fill();
  for (const button of box.querySelectorAll("[data-copy]")) button.addEventListener("click", copy);
  addEventListener("hashchange", fill);
  box.querySelector("[data-paragraph-links]").addEventListener("click", toggleLinks);
}
