/* What a query finds: substrings of whole blocks, and numbers by their value. No document needed; search.js loads this
   with the index (scripts/report_site/site/search_index.py) when the reader first uses the field. */

import { Folder, isLatin } from "./search-fold.js";
import { NumberReader } from "./search-numbers.js";

// --- Matching: a span is { start, end, fit } ---

/** How well a span fits its term. DIGITS: the digits of a longer number (600 in 2600), which a reader hardly means, but
    may. FIGURES: the figures alone, standing for something else (203 in GRI 203-1). CUT: inside a word. */
const DIGITS = 0,
  FIGURES = 1,
  CUT = 2,
  WHOLE = 3;

/** Whether a folded span begins or ends inside a word or number as it is written. */
function cutsWord({ text, starts, ends }, start, end) {
  const isInside = (place) => ends[place - 1] >= starts[place];
  return (
    (isInside(start) && isLatin(text[start - 1]) && isLatin(text[start])) ||
    (isInside(end) && /\d/.test(text[end - 1]) && isLatin(text[end]))
  );
}

/** Whether the index has read a number (with its scale, of a range) that goes on beyond the span. */
function cutsReading({ numbers }, { start, end }) {
  for (let i = 0; i < numbers.length; i += 3) {
    const [from, to] = [numbers[i + 1], numbers[i + 2]];
    if (from < end && to > start && (from < start || to > end)) return true;
  }
  return false;
}

function best(spans) {
  const fit = Math.max(...spans.map((span) => span.fit));
  return spans.filter((span) => span.fit === fit);
}

/** Figures of something else stand below all else, in whatever title. */
const WEIGHT = { [DIGITS]: 1, [FIGURES]: 0.01, [CUT]: 1 };
const PHRASE = 3,
  ALL_TERMS = 2;

// --- Results ---

const IN_TITLE = 16,
  IN_HEADING = 4,
  ABOUT_THE_SITE = 0.25;

function rankOf({ block, weight }) {
  const place = block.text === block.page.title ? IN_TITLE : IN_HEADING;
  return weight * (block.isHeading ? place : 1) * (block.page.isReport ? 1 : ABOUT_THE_SITE);
}

/** [{ page, hits, rank }], best page first: its best hit decides, then how many it has, then the order of print. */
function byPage(hits) {
  const pages = new Map();
  for (const hit of hits) {
    const { page } = hit.block;
    if (!pages.has(page)) pages.set(page, { page, hits: [], rank: 0 });
    const result = pages.get(page);
    result.hits.push(hit);
    result.rank = Math.max(result.rank, rankOf(hit));
  }
  const results = [...pages.values()];
  for (const result of results) result.hits.sort((a, b) => b.weight - a.weight);
  return results.sort((a, b) => b.rank - a.rank || b.hits.length - a.hits.length);
}

// --- The index ---

/** The blocks of the index file, which that know their page and heading. */
function unpack({ pages, blocks }) {
  const idOf = (place) => blocks.id[place].replace(/^~/, () => blocks.id[blocks.heading[place]]);
  const table = pages.map(([url, title, isReport]) => ({ url, title, isReport: isReport === 1 }));
  return blocks.text.map((text, place) => ({
    text,
    id: idOf(place),
    page: table[blocks.page[place]],
    heading: blocks.text[blocks.heading[place]] ?? "",
    isHeading: blocks.heading[place] === place,
    numbers: blocks.numbers[place],
  }));
}

/** The texts of one language, and how queries for them are read. */
export class Searcher {
  constructor(index) {
    this.blocks = unpack(index);
    this.folder = new Folder(index.folds);
    this.reader = new NumberReader(index.numberWords);
  }

  /** Pages where the query is found, and those where it's only digits inside a longer number: any part of a text is
      found, but no reader has to go through these before the number that was meant. */
  search(text) {
    const query = this.readQuery(text);
    if (!query.folded) return { found: [], inside: [] };
    const hits = this.blocks.map((block) => this.matchBlock(block, query)).filter(Boolean);
    return { found: byPage(hits.filter((hit) => !hit.isInside)), inside: byPage(hits.filter((hit) => hit.isInside)) };
  }

  /** A query is found where it stands as a whole, or where all its terms stand in one block; the space inside a number
      (600 million) parts no terms. */
  readQuery(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
    const terms = this.reader
      .bind(plain)
      .split(" ")
      .map((term) => ({
        folded: this.folder.passage(term),
        quantity: this.readQuantity(term.replaceAll("\u00a0", " ")),
      }));
    const said = terms.filter(({ folded }) => /[\p{L}\p{N}]/u.test(folded));
    return { folded: this.folder.passage(text), terms: said.length ? said : terms.filter(({ folded }) => folded) };
  }

  /** The first number of a term with what must stand right beside it: a counter after its number. */
  readQuantity(term) {
    const number = this.reader.read(term);
    return (
      number && {
        value: number.value,
        before: this.folder.opening(number.before),
        after: this.folder.closing(number.after),
      }
    );
  }

  matchBlock(block, query) {
    block.folded ??= this.folder.places(block.text);
    const hasNumber = query.terms.some((term) => term.quantity);
    const phrase = query.terms.length > 1 ? best(this.literalSpans(block, query.folded, hasNumber)) : [];
    if (phrase.length && phrase[0].fit > DIGITS) return { block, spans: phrase, weight: PHRASE };
    const perTerm = query.terms.map((term) => this.termSpans(block, term));
    if (perTerm.some((spans) => !spans.length)) return null;
    const fit = Math.min(...perTerm.map((spans) => spans[0].fit));
    const weight = WEIGHT[fit] ?? (perTerm.length > 1 ? ALL_TERMS : PHRASE);
    return { block, spans: perTerm.flat(), weight, isInside: fit === DIGITS };
  }

  /** Where a term stands, at its best; a number above all by its value, so that every writing finds the same first. */
  termSpans(block, { folded, quantity }) {
    const equal = quantity ? this.quantitySpans(block, quantity) : [];
    if (equal.length) return equal;
    const literal = best(this.literalSpans(block, folded, quantity));
    return quantity ? literal.map((span) => ({ ...span, fit: Math.min(span.fit, FIGURES) })) : literal;
  }

  literalSpans(block, wanted, isNumber) {
    const { text, starts, ends } = block.folded;
    const spans = [];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      const span = { start: starts[at], end: ends[end - 1] };
      const fit = isNumber && this.cutsNumber(block, span) ? DIGITS : cutsWord(block.folded, at, end) ? CUT : WHOLE;
      spans.push({ ...span, fit });
    }
    return spans;
  }

  /** Whether a number goes on beyond the span: in digits or numerals, or as the index has read it. */
  cutsNumber(block, span) {
    const isCut = (place) =>
      this.reader.goesOn(block.text.slice(Math.max(0, place - 2), place), block.text.slice(place, place + 2));
    return isCut(span.start) || isCut(span.end) || cutsReading(block, span);
  }

  quantitySpans({ text, numbers }, wanted) {
    const spans = [];
    for (let i = 0; i < numbers.length; i += 3) {
      const span = { start: numbers[i + 1], end: numbers[i + 2], fit: WHOLE };
      if (numbers[i] === wanted.value && this.standsBetween(text, span, wanted)) spans.push(span);
    }
    return spans;
  }

  standsBetween(text, { start, end }, { before, after }) {
    return (
      this.folder.fold(text.slice(0, start)).endsWith(before) && this.folder.fold(text.slice(end)).startsWith(after)
    );
  }
}

// --- What a hit shows ---

const SENTENCE_END = /[。！？!?]+[”’」』）)"']*|\.["')]*(?=\s)/g;

/** The sentence around a span, cut where it runs past `reach`: { start, end, cutBefore, cutAfter }. */
function sentenceAround(text, span, reach) {
  const breaks = [0, ...Array.from(text.matchAll(SENTENCE_END), (mark) => mark.index + mark[0].length), text.length];
  const first = breaks.findLast((place) => place <= span.start);
  const last = breaks.find((place) => place >= span.end);
  const start = Math.max(first, outward(text, span.start - reach, -1));
  const end = Math.min(last, outward(text, span.end + reach, 1));
  const blank = text.slice(start).search(/\S/);
  return { start: start + blank, end, cutBefore: start > first, cutAfter: end < last };
}

/** `place`, moved on while it would split a word, a number or a surrogate pair. */
function outward(text, place, step) {
  while (
    place > 0 &&
    place < text.length &&
    /^(?:\w\w|\d[.,]|[.,]\d|[\uD800-\uDBFF].)$/s.test(text.slice(place - 1, place + 1))
  )
    place += step;
  return place;
}

/** The spans inside [start, end] in order, those that touch made one. */
function merged(spans, start, end) {
  const result = [];
  for (const span of spans.filter((s) => s.end > start && s.start < end).sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.min(Math.max(last.end, span.end), end);
    else result.push({ start: Math.max(span.start, start), end: Math.min(span.end, end) });
  }
  return result;
}

/** The sentence of a hit's best span as pieces: [{ text, isMatch }]. */
export function excerpt({ block: { text }, spans }, reach) {
  const { start, end, cutBefore, cutAfter } = sentenceAround(text, best(spans)[0], reach);
  const pieces = [{ text: cutBefore ? "…" : "" }];
  let place = start;
  for (const span of merged(spans, start, end)) {
    pieces.push({ text: text.slice(place, span.start) }, { text: text.slice(span.start, span.end), isMatch: true });
    place = span.end;
  }
  return [...pieces, { text: text.slice(place, end) + (cutAfter ? "…" : "") }];
}
