import assert from "node:assert/strict";
import { test } from "node:test";

import { NumberReader } from "../../overrides/assets/js/search-numbers.js";
import { cases, plain } from "./cases.mjs";

const reader = new NumberReader(cases.numberWords);
const valueOf = (text) => reader.read(plain(text))?.value ?? null;

for (const { value, queries } of cases.values) {
  for (const query of queries) test(`${query} is ${value}`, () => assert.equal(valueOf(query), value));
}

test("what the index holds is read to the same value, or not as a number", () => {
  const read = cases.indexed.map(({ text, values }) => ({ text, values, value: valueOf(text) }));
  const odd = read.filter(({ values, value }) => value !== null && !values.includes(value));
  assert.deepEqual(odd, []);
  const unread = read.filter(({ value }) => value === null).map(({ text }) => text);
  assert.ok(unread.length < 0.1 * read.length, unread.join(" | "));
});

test("binding changes spaces alone, and none between words", () => {
  for (const text of cases.texts.map(plain)) {
    assert.equal(reader.bind(text).replaceAll("\u00a0", " "), text);
  }
  assert.equal(reader.bind("six hundred million people").split(" ").length, 2);
  assert.equal(reader.bind("fifa 2022 in may").split(" ").length, 4);
});

test("a number's neighbours are kept as written", () => {
  const { before, after } = reader.read(plain("播放 6 亿次"));
  assert.deepEqual([before, after], ["播放 ", "次"]);
});
