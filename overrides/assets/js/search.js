/* Search in the reader's language: substrings of whole blocks, numbers by value. Loaded by the search page only; the
   index (scripts/report_site/search_index.py) is fetched when the reader first uses the field. */

// ---------------------------------------------------------------------------------------------------------------------
// Wording

const WORDING = {
  zh: {
    found: (query, hits, pages) => `“${query}”：${pages} 页中共有 ${hits} 处。`,
    none: (query) => `没有找到“${query}”。可以少写几个字再试，或者看下面的目录。`,
    failed: "索引没能读取。请检查网络后重试，或者看下面的目录。",
    more: (count) => `这一页还有 ${count} 处`,
  },
  en: {
    found: (query, hits, pages) => `“${query}”: ${counted(hits, "match", "matches")} on ${counted(pages, "page", "pages")}.`,
    none: (query) => `Nothing found for “${query}”. Try fewer words, or see the contents below.`,
    failed: "The index could not be read. Check the connection and try again, or see the contents below.",
    more: (count) => `${count} more on this page`,
  },
};

function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

// ---------------------------------------------------------------------------------------------------------------------
// Folding: one spelling for texts and queries

const PLAIN_MARKS = new Map([..."“”„‟«»"].map((mark) => [mark, '"']));
for (const mark of "‘’‚‛′") PLAIN_MARKS.set(mark, "'");
for (const mark of "‐‑‒–—−－～〜") PLAIN_MARKS.set(mark, "-");

const foldedCharacters = new Map();

function foldCharacter(character) {
  let folded = foldedCharacters.get(character);
  if (folded === undefined) {
    folded = PLAIN_MARKS.get(character) ?? character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    foldedCharacters.set(character, folded);
  }
  return folded;
}

const isWordCharacter = (character) => character !== undefined && /[a-z0-9]/.test(character);

/** `text` without case, width, accents, and spaces but those between two Latin words; `starts` and `ends` give each
    character's place in the text as written. It looks at neighbours only, so a part of a text folds to a part. */
export function fold(text) {
  const folded = [], starts = [], ends = [];
  let spaceAt = -1, place = 0;
  const put = (character, start, end) => { folded.push(character); starts.push(start); ends.push(end); };
  for (const character of text) {
    const start = place;
    place += character.length;
    if (/\s/.test(character)) {
      spaceAt = start;
      continue;
    }
    const units = foldCharacter(character);
    if (spaceAt >= 0 && isWordCharacter(folded.at(-1)) && isWordCharacter(units[0])) put(" ", spaceAt, start);
    if (units) spaceAt = -1;
    for (const unit of units) put(unit, start, place);
  }
  return { text: folded.join(""), starts, ends };
}

// ---------------------------------------------------------------------------------------------------------------------
// Numbers in a query

const POWERS = {
  十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, w: 4, k: 3,
  hundred: 2, thousand: 3, million: 6, billion: 9, trillion: 12, mn: 6, bn: 9, tn: 12,
};
const SCALE = "[十百千]?万亿|[十百千]?[万亿]|千|百|(?:hundred |thousand )?(?:thousand|million|billion|trillion)|hundred|[mbt]n(?![a-z])|[kw](?![a-z])";
const QUANTITY = new RegExp(
  "(?<hundredths>百分之\\s*)?(?<![a-z0-9.,-])(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)" +
    `(?:\\s*(?<scale>${SCALE})(?:(?<=亿)\\s*(?<tail>\\d{1,4})\\s*万)?)?` +
    "(?<percent>\\s*(?:%|个百分点|per ?cent\\b|percentage points?))?(?![a-z0-9]|[-.,]\\d)",
);

/** The value as the index writes it. Powers of ten go through the exponent, since 4.35 × 1e8 is not exact. */
function valueKey({ hundredths, digits, scale = "", tail, percent }) {
  const power = (scale.match(/[a-z]+|[十百千万亿]/g) ?? []).reduce((sum, word) => sum + POWERS[word], 0);
  const value = Number(`${digits.replaceAll(",", "")}e${power}`) + Number(`${tail ?? 0}e4`);
  return `${value}${hundredths || percent ? "%" : ""}`;
}

/** The first number of a term, with what stands right before and after it (6亿次: 次 must follow). */
function quantityOf(term) {
  const match = QUANTITY.exec(term);
  return match && {
    key: valueKey(match.groups),
    before: fold(term.slice(0, match.index)).text,
    after: fold(term.slice(match.index + match[0].length)).text,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Queries

/** A query is found where it stands as a whole, or where all its terms stand in one block. The space inside a number
    (600 million) parts no terms. */
export function readQuery(text) {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
  const joined = plain.replace(new RegExp(QUANTITY, "g"), (number) => number.replaceAll(" ", "\u00a0"));
  const terms = joined.split(" ").map((term) => ({ folded: fold(term).text, quantity: quantityOf(term.replaceAll("\u00a0", " ")) }));
  return { folded: fold(text).text, terms: terms.filter((term) => term.folded) };
}

// ---------------------------------------------------------------------------------------------------------------------
// Matching. A span is [start, end, whole], `whole` where it cuts no word or number.

const isCut = (text, start, end) =>
  (isWordCharacter(text[start - 1]) && isWordCharacter(text[start])) || (/\d/.test(text[end - 1]) && /[\d.,]/.test(text[end] ?? ""));

function literalSpans(folded, wanted) {
  const spans = [];
  for (let at = folded.text.indexOf(wanted); at >= 0; at = folded.text.indexOf(wanted, at + wanted.length)) {
    const end = at + wanted.length;
    spans.push([folded.starts[at], folded.ends[end - 1], !isCut(folded.text, at, end)]);
  }
  return spans;
}

function quantitySpans(block, quantity) {
  const spans = [];
  for (let i = 0; i < block.numbers.length; i += 3) {
    const [value, start, end] = block.numbers.slice(i, i + 3);
    if (value === quantity.key && standsBetween(block.text, start, end, quantity)) spans.push([start, end, true]);
  }
  return spans;
}

const standsBetween = (text, start, end, { before, after }) =>
  fold(text.slice(0, start)).text.endsWith(before) && fold(text.slice(end)).text.startsWith(after);

function termSpans(block, term) {
  const literal = literalSpans(block.folded, term.folded);
  if (!term.quantity) return literal;
  // Digits alone may mean another value: 6亿 stands in 16亿 too.
  return [...quantitySpans(block, term.quantity), ...literal.map(([start, end]) => [start, end, false])];
}

function matchBlock(block, query) {
  block.folded ??= fold(block.text);
  const perTerm = query.terms.map((term) => termSpans(block, term));
  const phrase = query.terms.length > 1 ? literalSpans(block.folded, query.folded) : [];
  if (phrase.length) return { block, spans: phrase, weight: 3 };
  if (perTerm.some((spans) => !spans.length)) return null;
  const whole = perTerm.every((spans) => spans.some(([, , isWhole]) => isWhole));
  return { block, spans: perTerm.flat(), weight: (whole ? 2 : 1) + (whole && query.terms.length === 1 ? 1 : 0) };
}

const TITLE_COUNTS = 16, HEADING_COUNTS = 4, SITE_PAGE_COUNTS = 0.25;

function weightOf(hit) {
  const { block, weight } = hit;
  if (!block.isHeading) return weight;
  return weight * (block.text === block.page.title ? TITLE_COUNTS : HEADING_COUNTS);
}

/** Hits by page, best page first: its best hit decides, then how many it has, then the order of print. */
export function search(blocks, text) {
  const query = readQuery(text);
  if (!query.folded) return [];
  const pages = new Map();
  for (const block of blocks) {
    const hit = matchBlock(block, query);
    if (!hit) continue;
    if (!pages.has(block.page)) pages.set(block.page, { page: block.page, hits: [], best: 0 });
    const found = pages.get(block.page);
    found.hits.push(hit);
    found.best = Math.max(found.best, weightOf(hit) * (block.page.isReport ? 1 : SITE_PAGE_COUNTS));
  }
  for (const found of pages.values()) found.hits.sort((a, b) => b.weight - a.weight);
  return [...pages.values()].sort((a, b) => b.best - a.best || b.hits.length - a.hits.length);
}

// ---------------------------------------------------------------------------------------------------------------------
// The index

function unpack({ pages, blocks }) {
  const table = pages.map(([url, title, isReport]) => ({ url, title, isReport: isReport === 1 }));
  return blocks.text.map((text, place) => ({
    text,
    page: table[blocks.page[place]],
    id: blocks.id[place],
    heading: blocks.text[blocks.heading[place]] ?? "",
    isHeading: blocks.heading[place] === place,
    numbers: blocks.numbers[place],
  }));
}

async function fetchIndex(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return unpack(await response.json());
}

// ---------------------------------------------------------------------------------------------------------------------
// What a hit shows

const SENTENCE_END = /[。！？!?]+[”’」』）)"']*|\.(?=\s)/g;
const REACH = { zh: 48, en: 110 };

/** The sentence around the first span, cut where it runs too long: [start, end] in the text. */
function sentenceAround(text, [first, last], reach) {
  let start = 0, end = text.length;
  for (const mark of text.matchAll(SENTENCE_END)) {
    const after = mark.index + mark[0].length;
    if (after <= first) start = after;
    else if (after >= last) { end = after; break; }
  }
  return [Math.max(start, wordStart(text, first - reach)), Math.min(end, wordEnd(text, last + reach))];
}

function wordStart(text, place) {
  while (place > 0 && /\w/.test(text[place - 1]) && /\w/.test(text[place])) place -= 1;
  return splitsPair(text, place) ? place - 1 : place;
}

function wordEnd(text, place) {
  while (place < text.length && /\w/.test(text[place - 1]) && /\w/.test(text[place])) place += 1;
  return splitsPair(text, place) ? place + 1 : place;
}

const splitsPair = (text, place) => place > 0 && place < text.length && /[\uDC00-\uDFFF]/.test(text[place]);

/** Spans inside [start, end], in order and without overlaps. */
function merged(spans, start, end) {
  const result = [];
  for (const [from, to] of spans.filter(([a, b]) => b > start && a < end).sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], Math.min(to, end));
    else result.push([Math.max(from, start), Math.min(to, end)]);
  }
  return result;
}

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function excerpt({ block, spans }, language) {
  const { text } = block;
  const first = spans.reduce((a, b) => (b[2] > a[2] || (b[2] === a[2] && b[0] < a[0]) ? b : a));
  const [start, end] = sentenceAround(text, first, REACH[language]);
  const sentence = element("span", "search-sentence", start > 0 && !/[。！？!?.]["”’」』）)]*\s*$/.test(text.slice(0, start)) ? "…" : "");
  let place = start;
  for (const [from, to] of merged(spans, start, end)) {
    sentence.append(text.slice(place, from), element("mark", "", text.slice(from, to)));
    place = to;
  }
  sentence.append(text.slice(place, end), end < text.length && !/[。！？!?.]["”’」』）)]*$/.test(text.slice(0, end)) ? "…" : "");
  const other = otherLanguage(text.slice(start, end), language);
  if (other) sentence.lang = other;
  return sentence;
}

/** Tag of the language of a text that isn't the page's: names, and blocks not translated yet. */
function otherLanguage(text, language) {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0, latin = text.match(/[a-z]+/gi)?.length ?? 0;
  if (language === "en") return han > latin ? "zh-CN" : "";
  return han === 0 && latin > 1 ? "en" : "";
}

// ---------------------------------------------------------------------------------------------------------------------
// The page

const SHOWN_AT_ONCE = 3, ANNOUNCE_AFTER = 500;

class SearchPage {
  constructor(root) {
    this.root = root;
    this.language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    this.wording = WORDING[this.language];
    this.form = root.querySelector("form");
    this.field = root.querySelector("input[type=search]");
    this.status = root.querySelector("[role=status]");
    this.results = root.querySelector("[data-search-results]");
    this.contents = root.querySelector("[data-search-contents]");
  }

  start() {
    this.root.querySelector("[data-search-needs-script]").hidden = true;
    this.form.hidden = false;
    this.field.addEventListener("focus", () => this.load().catch(() => {}), { once: true });
    // While an input method composes, the field holds Latin letters that nobody looks for.
    this.field.addEventListener("input", (event) => event.isComposing || this.update());
    this.field.addEventListener("compositionend", () => this.update());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.update(0);
    });
    this.field.value = this.field.value || (new URL(location.href).searchParams.get("q") ?? "");
    if (this.field.value) this.update();
  }

  load() {
    this.index ??= fetchIndex(this.root.dataset.index).catch((error) => {
      this.index = undefined;
      throw error;
    });
    return this.index;
  }

  async update(delay = ANNOUNCE_AFTER) {
    const query = this.field.value.trim();
    try {
      const blocks = await this.load();
      if (query === this.field.value.trim()) this.show(query, search(blocks, query), delay);
    } catch (error) {
      console.error(error);
      this.show("", [], 0);
      this.announce(this.wording.failed, 0);
    }
  }

  show(query, found, delay) {
    this.results.replaceChildren(...found.map((page) => this.pageResult(page)));
    this.contents.hidden = found.length > 0;
    const hits = found.reduce((sum, page) => sum + page.hits.length, 0);
    const message = !query ? "" : hits ? this.wording.found(query, hits, found.length) : this.wording.none(query);
    this.announce(message, delay, () => keepInAddress(query));
  }

  /** A screen reader reads each change of the status, so it changes when the typing rests; the address too. */
  announce(message, delay, alongside = () => {}) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.status.textContent = message;
      alongside();
    }, delay);
  }

  pageResult({ page, hits }) {
    const link = element("a", "", page.title);
    link.href = this.address(page.url);
    const result = element("div", "search-page", element("h2", "search-title", link), this.hitList(hits.slice(0, SHOWN_AT_ONCE)));
    const rest = hits.slice(SHOWN_AT_ONCE);
    if (rest.length) result.append(element("details", "search-more", element("summary", "", this.wording.more(rest.length)), this.hitList(rest)));
    return result;
  }

  hitList(hits) {
    return element("ul", "search-hits", ...hits.map((hit) => element("li", "", this.hitLink(hit))));
  }

  hitLink(hit) {
    const { block } = hit;
    const link = element("a", "search-hit");
    link.href = this.address(block.page.url, block.id);
    const isAboutTitle = block.heading === block.page.title || block.isHeading;
    if (block.heading && !isAboutTitle) link.append(element("span", "search-heading", block.heading), " ");
    link.append(excerpt(hit, this.language));
    return link;
  }

  address(url, id) {
    return new URL(this.root.dataset.root + url + (id ? `#${encodeURIComponent(id)}` : ""), document.baseURI).href;
  }
}

function keepInAddress(query) {
  const address = new URL(location.href);
  if (query) address.searchParams.set("q", query);
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
}

const root = document.querySelector("[data-search]");
if (root) new SearchPage(root).start();
