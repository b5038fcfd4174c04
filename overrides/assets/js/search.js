/* The search page: a field, the number of hits, the hits. Matching (search-match.js) and the index of the reader's
   language are fetched when the field is first used. Without this module the page shows the contents list. */

const WORDING = {
  zh: {
    found: (query, hits, pages) => `“${query}”：${pages} 页中共有 ${hits} 处。`,
    andInside: (hits) => `另有 ${hits} 处只是更长数字的一部分。`,
    onlyInside: (query, hits) => `没有单独的“${query}”，只在更长的数字里有 ${hits} 处。`,
    inside: (hits) => `更长数字的一部分：${hits} 处`,
    none: (query) => `没有找到“${query}”。可以少写几个字再试，或者看下面的目录。`,
    failed: "索引没能读取。请检查网络后重试，或者看下面的目录。",
    more: (count) => `这一页还有 ${count} 处`,
  },
  en: {
    found: (query, hits, pages) => `“${query}”: ${counted(hits, "match", "matches")} on ${counted(pages, "page", "pages")}.`,
    andInside: (hits) => ` ${hits} more inside longer numbers.`,
    onlyInside: (query, hits) => `“${query}” stands only inside longer numbers: ${counted(hits, "match", "matches")}.`,
    inside: (hits) => `Inside longer numbers: ${counted(hits, "match", "matches")}`,
    none: (query) => `Nothing found for “${query}”. Try fewer words, or see the contents below.`,
    failed: "The index could not be read. Check the connection and try again, or see the contents below.",
    more: (count) => `${count} more on this page`,
  },
};
/** Characters shown on each side of a match at most. */
const REACH = { zh: 48, en: 110 };
const SHOWN_AT_ONCE = 3;
const ANNOUNCE_AFTER = 500;

function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function folded(summary, ...children) {
  return element("details", "search-more", element("summary", "", summary), ...children);
}

async function fetchIndex(url) {
  const [match, response] = await Promise.all([import("./search-match.js"), fetch(url)]);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return { match, blocks: match.unpack(await response.json()) };
}

/** The language tag of a text that isn't in the page's language: names, and blocks not translated yet. */
function otherLanguage(text, language) {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[a-z]+/gi)?.length ?? 0;
  if (language === "en") return han > words ? "zh-CN" : "";
  return han === 0 && words > 1 ? "en" : "";
}

const hitsOn = (pages) => pages.reduce((sum, { hits }) => sum + hits.length, 0);

/** `address` with the query in it, or without one. */
function carrying(query, address) {
  const carrier = new URL(address);
  if (query) carrier.searchParams.set("q", query);
  else carrier.searchParams.delete("q");
  return carrier.href;
}

function keepInAddress(query) {
  history.replaceState(history.state, "", carrying(query, location.href));
}

/** The other language is searched for the same. */
function keepInSwitch(query) {
  const link = document.querySelector("a[data-language]");
  link.href = carrying(query, link.href);
}

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
    this.field.addEventListener("focus", () => this.load().catch(() => {}), { once: true });
    // While an input method composes, the field holds Latin letters that nobody looks for.
    this.field.addEventListener("input", (event) => event.isComposing || this.update());
    this.field.addEventListener("compositionend", () => this.update());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.update(0);
    });
    this.field.value ||= new URL(location.href).searchParams.get("q") ?? "";
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
    keepInSwitch(query);
    try {
      const { match, blocks } = await this.load();
      if (query === this.field.value.trim()) this.show(query, match.search(blocks, query), match.excerpt, delay);
    } catch (error) {
      console.error(error);
      this.show("", { found: [], inside: [] }, null, 0);
      this.announce(this.wording.failed, 0);
    }
  }

  show(query, { found, inside }, excerpt, delay) {
    this.results.replaceChildren(...found.map((result) => this.pageResult(result, excerpt)));
    if (inside.length) {
      const summary = this.wording.inside(hitsOn(inside));
      const apart = folded(summary, ...inside.map((result) => this.pageResult(result, excerpt)));
      apart.open = !found.length;
      this.results.append(apart);
    }
    this.contents.hidden = found.length + inside.length > 0;
    this.announce(this.said(query, found, inside), delay, () => keepInAddress(query));
  }

  said(query, found, inside) {
    const { wording } = this;
    if (!query) return "";
    if (!found.length) return inside.length ? wording.onlyInside(query, hitsOn(inside)) : wording.none(query);
    return wording.found(query, hitsOn(found), found.length) + (inside.length ? wording.andInside(hitsOn(inside)) : "");
  }

  /** A screen reader reads each change of the status, so it changes when the typing rests; so does the address. */
  announce(message, delay, alongside = () => {}) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.status.textContent = message;
      alongside();
    }, delay);
  }

  pageResult({ page, hits }, excerpt) {
    const link = element("a", "", page.title);
    link.href = this.address(page.url);
    const items = hits.map((hit) => element("li", "", this.hitLink(hit, excerpt)));
    const rest = items.splice(SHOWN_AT_ONCE);
    const result = element("div", "search-page", element("h2", "search-title", link), element("ul", "search-hits", ...items));
    if (rest.length) result.append(folded(this.wording.more(rest.length), element("ul", "search-hits", ...rest)));
    return result;
  }

  hitLink(hit, excerpt) {
    const { block } = hit;
    const link = element("a", "search-hit");
    link.href = this.address(block.page.url, block.id);
    if (block.heading && !block.isHeading && block.heading !== block.page.title) {
      link.append(element("span", "search-heading", block.heading), " ");
    }
    const pieces = excerpt(hit, REACH[this.language]);
    const nodes = pieces.map(({ text, isMatch }) => (isMatch ? element("mark", "", text) : text));
    const sentence = element("span", "search-sentence", ...nodes);
    const other = otherLanguage(sentence.textContent, this.language);
    if (other) sentence.lang = other;
    link.append(sentence);
    return link;
  }

  /** Relative: paper writes out absolute addresses, as those of other sites. */
  address(url, id) {
    return this.root.dataset.root + url + (id ? `#${encodeURIComponent(id)}` : "");
  }
}

const root = document.querySelector("[data-search]");
if (root) new SearchPage(root).start();
