import assert from "node:assert/strict";
import { test } from "node:test";

import { Folder } from "../../overrides/assets/js/search-fold.js";
import { excerpt, Searcher } from "../../overrides/assets/js/search-match.js";
import { cases } from "./cases.mjs";

const pagesOf = (results) => results.map(({ page }) => Number(page.url));
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

for (const { title, index, queries } of cases.find) {
  const searcher = new Searcher(index);
  for (const { query: written, found, either, inside, not_inside: never = [] } of queries) {
    for (const query of [written].flat()) {
      test(`${title}: ${query}`, () => {
        const results = searcher.search(query);
        const [told, apart] = [pagesOf(results.found), pagesOf(results.inside)];
        if (either) assert.deepEqual(sorted([...told, ...apart]), either);
        else assert.deepEqual(told, found);
        if (inside) assert.deepEqual(apart, inside);
        assert.deepEqual(
          apart.filter((page) => never.includes(page)),
          [],
        );
      });
    }
  }
}

test("no title and no page puts digits of another number first", () => {
  for (const query of ["6亿", "600000000", "600 million", "六亿", "six hundred million"]) {
    const { found, inside } = new Searcher(cases.titled).search(query);
    assert.deepEqual(pagesOf(found), [1], query);
    assert.deepEqual(
      pagesOf(inside).filter((page) => page !== 0),
      [],
      query,
    );
  }
});

for (const { index, query, reach, shows } of cases.excerpts) {
  test(`excerpt: ${query}`, () => {
    const [{ hits }] = new Searcher(index).search(query).found;
    assert.equal(
      excerpt(hits[0], reach)
        .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
        .join(""),
      shows,
    );
  });
}

test("no number is cut where a sentence is", () => {
  for (let reach = 1; reach < 8; reach += 1) {
    const [{ hits }] = new Searcher(cases.numberBeside).search("模型").found;
    const numbers =
      excerpt(hits[0], reach)
        .map(({ text }) => text)
        .join("")
        .match(/[\d.,]+/g) ?? [];
    assert.deepEqual(
      numbers.filter((number) => !["1,557", "2.75"].includes(number)),
      [],
    );
  }
});

/** The same on every run: a red test is a change, not luck. */
function* chances(seed = 2022) {
  for (let state = seed; ; state = (state * 1103515245 + 12345) % 2 ** 31) yield state / 2 ** 31;
}

const chance = chances();
const below = (limit) => Math.floor(chance.next().value * limit);

test("a part of a text folds to a part of it, and places are true", () => {
  const folder = new Folder(cases.find.at(-1).index.folds);
  const alphabet = [..."中文節节後后６亿億6,.%abİßéﬁ½…´“”「《’—～〜-\u3000\u00a0\u200b\u00ad\u0301 \n😀𠮷㎡①é"];
  for (let i = 0; i < 5_000; i += 1) {
    const text = Array.from({ length: 1 + below(20) }, () => alphabet[below(alphabet.length)]).join("");
    const start = below(text.length),
      part = text.slice(start, start + 1 + below(text.length - start));
    const { text: folded, starts, ends } = folder.places(text);
    assert.ok(folded.includes(folder.fold(part)), JSON.stringify([text, part]));
    assert.equal(folded.length, starts.length);
    starts.forEach((from, place) => assert.ok(from < ends[place] && ends[place] <= text.length, text));
  }
});

test("any part of a text that says something finds it", () => {
  const texts = cases.find.flatMap(({ index }) => index.blocks.text.map((text) => [index, text]));
  for (let i = 0; i < 2_000; i += 1) {
    const [index, text] = texts[below(texts.length)];
    const start = below(text.length),
      part = text.slice(start, start + 1 + below(12));
    if (!/[\p{L}\p{N}]/u.test(part) || /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(part)) continue;
    const { found, inside } = new Searcher(index).search(part);
    const told = [...found, ...inside].map(({ hits }) => hits[0].block.text);
    assert.ok(told.includes(text), JSON.stringify([text, part]));
  }
});
