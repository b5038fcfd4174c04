/* The numbers of a query, in any writing: 6亿, 600 million, 一千二百万, six hundred million, 百分之十二. search-match.js
   compares them with the values that the index holds (scripts/report_site/site/search_index.py). */

const oneOf = (words) => `(?:${words.join("|")})`;

// --- Numerals and number words, written in digits ---

const ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const NAMED = new Map([...[...ONES, ...TEENS].map((word, i) => [word, i + 1]), ...TENS.map((word, i) => [word, 10 * i + 20])]);
NAMED.set("half", 0.5);
const POWERS = {
  十: 1, 百: 2, 千: 3, 万: 4, 亿: 8, w: 4, k: 3,
  hundred: 2, thousand: 3, million: 6, billion: 9, trillion: 12, mn: 6, bn: 9, tn: 12,
};
const PERCENT = "\\s*(?:%|个百分点|per ?cent\\b|percentage points?)";

const UP_TO_99 = `(?:${oneOf(TENS)}(?:[\\s-]${oneOf(ONES)})?|${oneOf(TEENS)}|${oneOf(ONES)})`;
const UP_TO_999 = `(?:(?:an?|${UP_TO_99})\\shundred(?:\\s(?:and\\s)?${UP_TO_99})?|${UP_TO_99})`;
const BIG = "(?:thousand|million|billion|trillion)";
const WORDS = new RegExp(
  `\\b(?:half an?\\s${BIG}|(?:${UP_TO_999}|an?(?=\\s${BIG}))(?:\\sand a half)?` +
    `(?:\\s${BIG}(?:\\s(?:and\\s)?${UP_TO_999}(?!\\shundred))?)*)\\b(${PERCENT})?`,
  "g",
);

function wordsInDigits(found, percent = "") {
  const words = found.slice(0, found.length - percent.length);
  let total = 0, part = 0;
  for (const word of words.split(/[\s-]/)) {
    if (word === "hundred") part = (part || 1) * 100;
    else if (word in POWERS) [total, part] = [total + (part || 1) * 10 ** POWERS[word], 0];
    else part += NAMED.get(word) ?? 0;
  }
  // Nobody who types "one" looks for 1; the index has no words below ten either.
  const value = total + part;
  return value >= 10 || percent || /\s/.test(words) ? value + percent : found;
}

const NUMERALS = new Map([..."零一二三四五六七八九"].map((numeral, value) => [numeral, value])).set("〇", 0).set("两", 2);
const NUMERAL = "[零〇一二两三四五六七八九]", UNIT_OR_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]";
/** Not where digits come before: 3千万 is read as it stands. */
const HAN_NUMBER = new RegExp(
  `(?<!${UNIT_OR_NUMERAL}|\\d\\s*[+余多]?\\s*)(${UNIT_OR_NUMERAL}+)(?:点(${NUMERAL}+))?(?=(${PERCENT})?)`,
  "g",
);

const oneByOne = (numerals) => Array.from(numerals, (numeral) => NUMERALS.get(numeral)).join("");

/** The value of 一千二百万, or of 二〇二二, read one by one; null for what counts nothing: 三四, 十四五. */
function numeralValue(numerals) {
  const digits = Array.from(numerals, (numeral) => NUMERALS.get(numeral));
  if (!digits.includes(undefined)) return digits.length === 2 ? null : Number(digits.join(""));
  let total = 0, section = 0, digit = 0;
  for (const [place, numeral] of [...numerals].entries()) {
    const power = 10 ** POWERS[numeral];
    if (digits[place] !== undefined) {
      if (digits[place - 1]) return null;
      digit = digits[place];
    } else if (power < 10_000) {
      [section, digit] = [section + (digit || 1) * power, 0];
    } else {
      // 亿 scales all before it (一万亿), 万 its own section (一亿二千万).
      const scaled = numeral === "亿" ? (total + section + digit || 1) * power : total + (section + digit || 1) * power;
      [total, section, digit] = [scaled, 0, 0];
    }
  }
  return total + section + digit;
}

/** A numeral alone is mostly part of a word: 一起, 统一, 百科. */
function numeralsInDigits(found, whole, decimals, percent, place, text) {
  const isAlone = found.length === 1 && !percent && !/百分之\s*$/.test(text.slice(0, place));
  const value = isAlone ? null : numeralValue(whole);
  if (value === null) return found;
  return decimals ? `${value}.${oneByOne(decimals)}` : `${value}`;
}

const inDigits = (text) => text.replace(WORDS, wordsInDigits).replace(HAN_NUMBER, numeralsInDigits);

// --- Digits with their scale ---

const SCALE =
  "[十百千]?万亿|[十百千]?[万亿]|[百千]|(?:(?:hundred|thousand)\\s)?(?:thousand|million|billion|trillion)|hundred|(?:[mbt]n|[kw])(?![a-z])";
const MORE = "(?:\\s*[+余多])?";
const QUANTITY = new RegExp(
  "(?<hundredths>百分之\\s*)?(?<![a-z0-9.,-])(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)" +
    `${MORE}(?:\\s*(?<scale>${SCALE})(?:(?<=亿)\\s*(?<tail>\\d{1,4})\\s*万)?${MORE})?` +
    `(?<percent>${PERCENT})?(?![a-z0-9]|[-.,]\\d)`,
);
const QUANTITIES = new RegExp(QUANTITY, "g");

/** The value as the index writes it. Scales go into the exponent: 4.35 × 1e8 would not be exact, 4.35e8 is. */
function valueOf({ hundredths, digits, scale = "", tail = "0", percent }) {
  const power = (scale.match(/[a-z]+|[^a-z\s]/g) ?? []).reduce((sum, word) => sum + POWERS[word], 0);
  const value = Number(`${digits.replaceAll(",", "")}e${power}`) + Number(`${tail}e4`);
  return `${value}${hundredths || percent ? "%" : ""}`;
}

/** The first number of a lower-case text, and what stands before and after it; null if there is none. */
export function readNumber(text) {
  const plain = inDigits(text);
  const match = QUANTITY.exec(plain);
  if (!match) return null;
  return { value: valueOf(match.groups), before: plain.slice(0, match.index), after: plain.slice(match.index + match[0].length) };
}

/** `text` with the spaces inside its numbers made unbreakable: those of "600 million" part no terms. */
export function bindNumbers(text) {
  const bind = (number) => number.replaceAll(" ", "\u00a0");
  return text.replace(WORDS, bind).replace(QUANTITIES, bind);
}

/** Where a number goes on; the stroke is the place. */
export const GOES_ON = new RegExp(`\\d[.,]?\\|\\d|\\d\\|[.,]\\d|${UNIT_OR_NUMERAL}\\|${UNIT_OR_NUMERAL}`);
