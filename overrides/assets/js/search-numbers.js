/* The numbers of a query, in any writing: search-match.js compares them with the values that the index holds. The words
   of numbers come with the index (scripts/report_site/language/query_numbers.py); here is how they are put together. */

/** `value` × 10 ^ `power`, exactly: 4.35 × 1e8 would not be, 4.35e8 is. */
const scaled = (value, power) => Number(`${value}e${power}`);

// --- Patterns ---

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
const anyOf = (characters) => `[${Array.from(characters, escaped).join("")}]`;
const keysOf = (...tables) => tables.flatMap(Object.keys);

/** One of the words, longer ones first; a Latin one isn't the beginning of another word. */
function oneOf(words) {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return `(?:${longestFirst.map((word) => escaped(word) + (/[a-z]$/.test(word) ? "(?![a-z])" : "")).join("|")})`;
}

/** A comma or point may have blanks around it, as extraction tears numbers. */
const FIGURES = "(?:\\d{1,3}(?:\\s?,\\s?\\d{3})+(?!\\d)|\\d+)(?:\\s?\\.\\d+)?";

/** "two hundred and five thousand", "half a million", "three point five million" */
function patternInWords({ ones, teens, tensInWords, zero, groups, big, half, pointInWords, percent }) {
  const one = oneOf(keysOf(ones)),
    large = oneOf(keysOf(big)),
    group = oneOf(keysOf(groups));
  const upTo99 = `(?:${oneOf(keysOf(tensInWords))}(?:[\\s-]${one})?|${oneOf(keysOf(teens, ones))})`;
  const upTo999 = `(?:(?:an?|${upTo99})[\\s-]${group}(?:\\s(?:and\\s)?${upTo99})?|${upTo99})`;
  const decimal = `(?:${upTo999}|${oneOf(zero)})\\s${pointInWords}(?:[\\s-]${oneOf([...keysOf(ones), ...zero])})+`;
  const first = `(?:${decimal}|${upTo999}|an?(?=[\\s-]${large}))(?:\\sand\\sa\\s${half})?`;
  const behind = `([\\s-]*${oneOf(percent)})?`;
  return `\\b(?:${half}\\san?\\s${large}|${first}(?:[\\s-]${large}(?:\\s(?:and\\s)?${upTo999}(?![\\s-]${group}))?)*)${behind}`;
}

/** Figures or numerals with their scales, per cent and what else belongs to the value. */
function patternOfQuantity({
  digits,
  tens,
  units,
  point,
  notBefore,
  more,
  big,
  afterDigits,
  below,
  parts,
  tenths,
  percent,
  permille,
}) {
  const numeral = anyOf(keysOf(digits)),
    inRow = anyOf(keysOf(digits, tens, units));
  const elsewhere = Object.entries(notBefore).map(([one, following]) => one + anyOf(following));
  const unit = `(?:(?!${elsewhere.join("|")})${anyOf(keysOf(units))})`;
  const smaller = `(?:\\s*\\d{1,4}(?:\\.\\d+)?(?:\\s*${unit})+|(?:${numeral}${unit}+)+)`;
  const plus = `(?:\\s*${anyOf(more)})?`;
  const scale = `(?:${oneOf(["hundred", "thousand"])}[\\s-])?${oneOf(keysOf(big))}|${oneOf(keysOf(afterDigits))}`;
  const apart = "(?<![\\p{L}\\p{N}]\\s*)";
  const inFigures = `(?:(?<=${apart}-)|(?<![a-z0-9.,/\\-]))(?<figures>${FIGURES})${plus}(?:(?<units>(?:\\s*${unit})+${smaller}*)|[\\s\\-]?(?<scale>${scale}))?`;
  const inNumerals = `(?<!${inRow}|\\d\\s*${anyOf(more)}?\\s*)(?<numerals>${inRow}+(?:${anyOf(more)}${unit}+|${point}${numeral}+${unit}*)?${smaller}*)`;
  const inTenths = `${tenths}(?=${anyOf(more)}|\\P{Script=Han}|$)`;
  return (
    `(?<below>${oneOf(below)}\\s*|${apart}-(?=${FIGURES}\\s*°))?(?<parts>${oneOf(keysOf(parts))}\\s*)?` +
    `(?:${inFigures}|${inNumerals})(?<plus>${plus})(?:[\\s\\-]*(?<percent>${oneOf([...percent, permille])}|${inTenths}))?(?![a-z0-9]|[\\-.,/]\\d)`
  );
}

/** Where a number goes on; the stroke is the place. */
function patternAcross({ digits, tens, units }) {
  const inRow = anyOf(keysOf(digits, tens, units));
  return `\\d[.,]?\\|\\d|\\d\\|[.,]\\d|${inRow}\\|${inRow}`;
}

const substitutes = ([from, to]) => {
  const table = new Map(Array.from(from, (character, place) => [character, to[place]]));
  return (text) => Array.from(text, (character) => table.get(character) ?? character).join("");
};

// --- Reading ---

/** Reads numbers by a table of words. Texts are in lower case and of plain width (NFKC). */
export class NumberReader {
  constructor(words) {
    this.table = words;
    this.named = {
      ...words.ones,
      ...words.teens,
      ...words.tensInWords,
      ...Object.fromEntries(words.zero.map((word) => [word, 0])),
    };
    this.inWords = new RegExp(patternInWords(words), "g");
    this.quantities = new RegExp(patternOfQuantity(words), "gu");
    this.until = new RegExp(`^\\s*${oneOf(words.until)}\\s*(?=\\d)`);
    this.across = new RegExp(patternAcross(words));
    const [plain, formal] = [substitutes(words.plain), substitutes(words.formalDigits)];
    const inFormal = new RegExp(words.formal, "g");
    /** Traditional and formal numerals as the everyday ones, one for one. */
    this.everyday = (text) => plain(text).replace(inFormal, formal);
  }

  /** The first number of a text as the index writes values, and what stands before and after it; null if there is none.
      The ends of a range are none: it's found as it is written. */
  read(text) {
    const plain = this.everyday(text).replace(this.inWords, (said, percent) => this.wordsInFigures(said, percent));
    let upper = -1;
    for (const match of plain.matchAll(this.quantities)) {
      const end = match.index + match[0].length,
        after = plain.slice(end);
      const range = this.until.exec(after);
      const value = range || match.index === upper ? null : this.valueOf(match.groups);
      if (value !== null) return { value, before: plain.slice(0, match.index), after };
      if (range) upper = end + range[0].length;
    }
    return null;
  }

  /** `text` with the spaces inside its numbers made unbreakable: those of "600 million" part no terms. */
  bind(text) {
    const bound = (number) => number.replaceAll(" ", "\u00a0");
    const [said, units] = [this.everyday(text), text.split("")];
    for (const pattern of [this.inWords, this.quantities]) {
      for (const { 0: number, index } of said.matchAll(pattern)) {
        units.splice(index, number.length, ...bound(text.slice(index, index + number.length)).split(""));
      }
    }
    return units.join("");
  }

  /** Whether a number goes on where `before` and `after` meet. */
  goesOn(before, after) {
    return this.across.test(this.everyday(`${before}|${after}`));
  }

  // --- Words ---

  /** Nobody who types "one" looks for 1; the index has no words below ten either. */
  wordsInFigures(said, percent = "") {
    const words = said.slice(0, said.length - percent.length).split(/[\s-]/);
    const point = words.indexOf(this.table.pointInWords);
    const value = point < 0 ? this.valueOfWords(words) : this.valueOfDecimal(words, point);
    return value >= 10 || percent || words.length > 1 ? value + percent : said;
  }

  valueOfWords(words) {
    const { groups, big, half } = this.table;
    let total = 0,
      part = 0;
    for (const word of words) {
      if (word in groups) part = (part || 1) * groups[word];
      else if (word in big) [total, part] = [total + scaled(part || 1, big[word]), 0];
      else part += word === half ? 0.5 : (this.named[word] ?? 0);
    }
    return total + part;
  }

  valueOfDecimal(words, point) {
    const { big } = this.table;
    const after = words.slice(point + 1);
    const decimals = after.filter((word) => word in this.named).map((word) => this.named[word]);
    const power = after.reduce((sum, word) => sum + (big[word] ?? 0), 0);
    return scaled(`${this.valueOfWords(words.slice(0, point))}.${decimals.join("")}`, power);
  }

  // --- Figures and numerals ---

  valueOf({ below, parts, figures, units = "", scale = "", numerals, plus, percent }) {
    const { tenths, permille, big, afterDigits } = this.table;
    const isPart = Boolean(parts || percent);
    const value = numerals
      ? this.valueOfRow(numerals, isPart || Boolean(plus))
      : this.valueOfRow(figures.replace(/[,\s]/g, "") + units, true);
    if (value === null) return null;
    let power = parts ? this.table.parts[parts.trim()] : 0;
    if (percent === tenths) power += 1;
    if (percent === permille) power -= 1;
    for (const word of scale.split(/[\s-]/)) power += big[word] ?? afterDigits[word] ?? 0;
    return `${below ? "-" : ""}${scaled(value, power)}${isPart ? "%" : ""}`;
  }

  /** A numeral alone is mostly part of a word, unless it is one of a hundred, or more than it says. */
  valueOfRow(row, mayStandAlone) {
    const [whole, fraction] = row.split(this.table.point);
    const tokens = whole.match(/\d+(?:\.\d+)?|[^\s\d]/g).filter((token) => !this.table.more.includes(token));
    if (tokens.length === 1 && fraction === undefined && !mayStandAlone) return null;
    const value = this.valueOfTokens(tokens);
    if (fraction === undefined || value === null) return value;
    const { digits, units } = this.table;
    const behind = [...fraction],
      decimals = behind.filter((one) => one in digits).map((one) => digits[one]);
    return scaled(
      `${value}.${decimals.join("")}`,
      behind.reduce((sum, one) => sum + (units[one] ?? 0), 0),
    );
  }

  /** Figures, numerals and units in their order; null for what counts nothing: two numerals without a unit. */
  valueOfTokens(tokens) {
    const { digits, tens, units } = this.table;
    const counts = tokens.map((token) => digits[token] ?? (/\d/.test(token) ? Number(token) : undefined));
    if (tokens.length > 1 && !counts.includes(undefined)) return tokens.length === 2 ? null : Number(counts.join(""));
    const greatest = Math.max(...Object.values(units));
    let total = 0,
      section = 0,
      count = 0;
    for (const [place, token] of tokens.entries()) {
      const power = units[token];
      if (counts[place] !== undefined) {
        if (counts[place - 1]) return null;
        count = counts[place];
      } else if (token in tens) {
        [section, count] = [section + tens[token], 0];
      } else if (power < 4) {
        [section, count] = [section + scaled(count || 1, power), 0];
      } else {
        // The greatest unit scales all before it, the one below only its own section.
        const own = section + count;
        total = power === greatest ? scaled(total + own || 1, power) : total + scaled(own || 1, power);
        [section, count] = [0, 0];
      }
    }
    return total + section + this.lastCount(count, tokens.at(-2));
  }

  /** Behind a unit from a hundred on, a last numeral counts the unit below it. */
  lastCount(count, before) {
    const power = this.table.units[before];
    return power >= 2 ? scaled(count, power - 1) : count;
  }
}
