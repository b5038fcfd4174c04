/* What tests/test_search_scripts.py lays ready: cases of tests/cases with indexes made of their texts. */

import { readFileSync } from "node:fs";

export const cases = JSON.parse(readFileSync(process.env.SEARCH_CASES, "utf-8"));

/** As search-match.js gives texts to the reader of numbers. */
export const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
