/* One spelling for texts and queries: what a reader types or pastes is found whatever its case, width, accents, marks of
   quotation and blanks, in traditional or simplified characters. */

/** They are told in many ways and often left out. */
const QUOTATION = /["'“”„‟«»‘’‚‛′「」『』《》〈〉]/gu;
const PLAIN_MARKS = new Map([..."‐‑‒–—−~〜"].map((mark) => [mark, "-"])).set("。", ".").set("、", ",");
/** What stands around a copied passage and is no part of it; `%` and `+` belong to a number. */
const AROUND = String.raw`[\s\p{Ps}\p{Pe}.,;:!?·•‧*_|/\\-]+`;
const AT_THE_START = new RegExp(`^${AROUND}`, "u"),
  AT_THE_END = new RegExp(`${AROUND}$`, "u");

export const isLatin = (character) => character !== undefined && /[a-z0-9]/.test(character);
/** A blank says something between two words or two numbers; GRI203 and GRI 203 are the same. */
const isParted = (one, other) => isLatin(one) && isLatin(other) && /\d/.test(one) === /\d/.test(other);

/** Folds texts; `variants`: characters, and at the same place of another string the one that stands for each. */
export class Folder {
  constructor([variants, standing] = ["", ""]) {
    const chosen = Array.from(standing);
    this.variants = new Map(Array.from(variants, (variant, place) => [variant, chosen[place]]));
    this.characters = new Map();
  }

  character(character) {
    if (!this.characters.has(character)) {
      const bare = character
        .normalize("NFKD")
        .replace(/[\p{M}\p{Cf}\s]/gu, "")
        .replace(QUOTATION, "")
        .toLowerCase();
      const units = Array.from(bare, (unit) => PLAIN_MARKS.get(unit) ?? this.variants.get(unit) ?? unit);
      this.characters.set(character, units.join(""));
    }
    return this.characters.get(character);
  }

  /** The folded text; `starts` and `ends` give the place of each of its units in the text as written. Only neighbours
      count, so a part of a text folds to a part of it. */
  places(text) {
    const units = [],
      starts = [],
      ends = [];
    const put = (unit, start, end) => {
      units.push(unit);
      starts.push(start);
      ends.push(end);
    };
    let space = -1,
      end = 0;
    for (const character of text) {
      const start = end;
      end += character.length;
      if (/\s/.test(character)) {
        space = start;
        continue;
      }
      const folded = this.character(character);
      if (space >= 0 && isParted(units.at(-1), folded[0])) put(" ", space, start);
      if (folded) space = -1;
      for (let i = 0; i < folded.length; i += 1) put(folded[i], start, end);
    }
    return { text: units.join(""), starts, ends };
  }

  fold(text) {
    return this.places(text).text;
  }

  /** Without the marks before it, those behind it, or both, unless they are all there is. */
  opening(text) {
    return this.fold(text).replace(AT_THE_START, "");
  }

  closing(text) {
    return this.fold(text).replace(AT_THE_END, "");
  }

  passage(text) {
    const folded = this.fold(text);
    return folded.replace(AT_THE_START, "").replace(AT_THE_END, "") || folded;
  }
}
