// The card of a number: what the report states, where, and how to cite it. The page that lists the number has its data beside it.

import { copyText } from "./copying.js";
import { readData } from "./data.js";
import { dressed } from "./dressed.js";

const TITLE = "figure-card-title",
  VALUE = "figure-card-value";
const files = new Map();

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const pair = (term, ...said) => element("div", {}, element("dt", {}, ...term), element("dd", {}, ...said));

/** The file beside a page of numbers, fetched once; what failed is tried again. */
function dataOf(address) {
  const url = new URL("cards.json", address).href;
  if (!files.has(url))
    files.set(
      url,
      readData(url).catch((error) => {
        files.delete(url);
        throw error;
      }),
    );
  return files.get(url);
}

class Card {
  constructor(data, figure) {
    Object.assign(this, { data, figure, words: data.words });
    this.address = `${data.addresses[figure.page]}#${figure.at}`;
    this.opened = element("p", { class: "unseen", role: "status" });
    this.status = element("p", {
      class: "cite-status",
      role: "status",
      "data-copied": this.words.copied,
      "data-selected": this.words.selected,
    });
  }

  foreign(text) {
    return element("span", { lang: this.data.otherTag }, text);
  }

  /** At odd places the other language. */
  said(pieces) {
    return pieces.map((piece, place) => (place % 2 ? this.foreign(piece) : piece));
  }

  /** A reference, with the number's own place and the day of reading where it has room for them. */
  reference(parts) {
    const { printed } = this.figure;
    const own = {
      url: this.address,
      day: `[${new Date().toLocaleDateString("sv-SE")}]`,
      ...(printed && { printed, range: "p." }),
    };
    return parts.map((part) => {
      if (typeof part === "string") return part;
      const [role, text] = part;
      if (role === "foreign") return this.foreign(text);
      return role === "title" ? element("cite", {}, text) : (own[role] ?? text);
    });
  }

  cited([name, parts], place) {
    const isCode = place > 1;
    const text = isCode
      ? element("pre", { class: "cite-code", translate: "no" }, ...this.reference(parts))
      : element("span", {}, ...this.reference(parts));
    const label = this.words.copyNamed.replace("{name}", name);
    const button = element("button", { class: "button", type: "button", "aria-label": label }, this.words.copy);
    button.addEventListener("click", () => copyText(text, this.status));
    return pair([name, " ", button], text);
  }

  dialog() {
    const { data, figure, words } = this;
    const close = element("button", { class: "button", type: "submit" }, words.close);
    const link = element("a", { href: this.address }, this.address);
    return element(
      "dialog",
      { class: "card", "aria-labelledby": `${TITLE} ${VALUE}` },
      element("form", { class: "card-bar", method: "dialog" }, close),
      element("h2", { class: "card-title", id: TITLE }, ...this.said(figure.label)),
      element("p", { class: "card-value", id: VALUE }, ...this.said(figure.value)),
      element(
        "dl",
        { class: "card-list" },
        ...figure.rows.map(([term, pieces]) => pair([term], ...this.said(pieces))),
        pair([words.permalink], link),
      ),
      element("h3", { class: "card-cite" }, words.cite),
      element(
        "dl",
        { class: "cite-list" },
        ...data.styles[figure.page].map((style, place) => this.cited(style, place)),
      ),
      this.status,
      this.opened,
    );
  }
}

/** Opens the card of the number whose row an address names; the focus comes back to `opener`. False: there is none. */
export async function open(opener, address) {
  const [data] = await Promise.all([dataOf(address).catch(() => null), dressed]);
  const figure = data?.figures[decodeURIComponent(new URL(address).hash.slice(1))];
  if (!figure || document.querySelector("dialog[open]")) return Boolean(figure);
  const card = new Card(data, figure);
  const dialog = card.dialog();
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  // As the page behind it leaves the accessibility tree, the new focus may pass unheard; a status doesn't.
  const said = [TITLE, VALUE].map((id) => document.getElementById(id).textContent).join(" ");
  requestAnimationFrame(() => {
    card.opened.textContent = said;
  });
  return true;
}
