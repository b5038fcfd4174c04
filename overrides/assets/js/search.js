/* The search page: a field, the number of hits, the hits. Matching (search-match.js) and the index of the reader's
   language are fetched when the field is first used. Without this module the page shows the contents list. */

/** Characters shown on each side of a match at most. */
const REACH = { zh: 48, en: 110 };
const SHOWN_AT_ONCE = 3;
const ANNOUNCE_AFTER = 500;

/** Words of the page with their `{names}` filled in; what is counted agrees with its number. */
class Wording {
  constructor(root) {
    this.words = JSON.parse(root.dataset.words);
    this.rules = new Intl.PluralRules(document.documentElement.lang);
  }

  say(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (name, inner) => values[inner] ?? name);
  }

  counted(key, count) {
    return this.say(`${key}_${this.rules.select(count) === "one" ? "one" : "other"}`, { count });
  }

  hits(key, count, values = {}) {
    return this.say(key, { ...values, count, matches: this.counted("matches", count) });
  }
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
  const [match, { readData }] = await Promise.all([import("./search-match.js"), import("./data.js")]);
  return { searcher: new match.Searcher(await readData(url)), excerpt: match.excerpt };
}

/** The language tag of a text that isn't in the page's language: names, and blocks not translated yet. */
function otherLanguage(text, language, tag) {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[a-z]+/gi)?.length ?? 0;
  return (language === "en" ? han > words : han === 0 && words > 1) ? tag : "";
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

/** The other language, where there is one, is searched for the same. */
function keepInSwitch(query) {
  const link = document.querySelector("a[data-language]");
  if (link) link.href = carrying(query, link.href);
}

class SearchPage {
  constructor(root) {
    this.root = root;
    this.language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    this.wording = new Wording(root);
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
      const { searcher, excerpt } = await this.load();
      if (query === this.field.value.trim()) this.show(query, searcher.search(query), excerpt, delay);
    } catch (error) {
      console.error(error);
      this.show("", { found: [], inside: [] }, null, 0);
      this.announce(this.wording.say("failed"), 0);
    }
  }

  show(query, { found, inside }, excerpt, delay) {
    this.results.replaceChildren(...found.map((result) => this.pageResult(result, excerpt)));
    if (inside.length) {
      const summary = this.wording.hits("inside", hitsOn(inside));
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
    if (!found.length)
      return inside.length ? wording.hits("only_inside", hitsOn(inside), { query }) : wording.say("none", { query });
    const counted = wording.hits("found", hitsOn(found), { query, pages: wording.counted("pages", found.length) });
    return counted + (inside.length ? wording.hits("and_inside", hitsOn(inside)) : "");
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
    const items = hits.map((hit) => element("li", "search-hit", ...this.hit(hit, excerpt)));
    const rest = items.splice(SHOWN_AT_ONCE);
    const result = element(
      "div",
      "search-page",
      element("h2", "search-title", link),
      element("ul", "search-hits", ...items),
    );
    if (rest.length)
      result.append(folded(this.wording.hits("more", rest.length), element("ul", "search-hits", ...rest)));
    return result;
  }

  /** The title that the sentence stands under leads there; its name goes on with the sentence, since titles repeat. */
  hit(hit, excerpt) {
    const { block } = hit;
    const pieces = excerpt(hit, REACH[this.language]);
    const nodes = pieces.map(({ text, isMatch }) => (isMatch ? element("mark", "", text) : text));
    const sentence = element("span", "search-sentence", ...nodes);
    const other = otherLanguage(sentence.textContent, this.language, this.root.dataset.otherTag);
    if (other) sentence.lang = other;
    const link = element(
      "a",
      "search-heading",
      ...(block.isHeading ? [sentence] : [block.heading || block.page.title]),
    );
    link.href = this.address(block.page.url, block.id);
    if (block.isHeading) return [link];
    this.named = (this.named ?? 0) + 1;
    link.id = `hit-${this.named}`;
    sentence.id = `${link.id}-text`;
    link.setAttribute("aria-labelledby", `${link.id} ${sentence.id}`);
    return [link, sentence];
  }

  /** Relative: paper writes out absolute addresses, as those of other sites. */
  address(url, id) {
    return this.root.dataset.root + url + (id ? `#${encodeURIComponent(id)}` : "");
  }
}

const root = document.querySelector("[data-search]");
if (root) new SearchPage(root).start();
