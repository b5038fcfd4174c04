// Reads the text aloud sentence by sentence. One utterance a sentence, because Chrome falls silent after some fifteen seconds of one;
// the sentence is marked through the CSS Custom Highlight API, so that the page's elements don't change.

import { say } from "./site.js";
import { focusOn, topOfView } from "./view.js";

const main = document.querySelector("main");
const root = document.documentElement;
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, th, td, dt, dd, caption, figcaption";
const LONGEST = 160;
const SHORTEST = 20;
/** In ms. */
const SILENCE = 1500;
const SLACK = 10_000;
/** In ms a letter, as the slowest voices speak: who claims to be speaking is believed that long. */
const SLOWEST = { ideograph: 1000, letter: 300 };
/** Some browsers know their voices only a while after they were first asked. */
const VOICES_WITHIN = 2000;
/** Languages that a Chinese text can be heard in, the nearest first; engines name them by either standard. */
const CHINESE = ["zh", "cmn", "wuu", "yue"];
/** This engine's voice spells pinyin as English letters. */
const MISREADS = /latin as english/i;
/** Errors after which no sentence would be heard. */
const FATAL = ["not-allowed", "synthesis-unavailable", "synthesis-failed", "audio-busy"];
/** The stronger a pause, the earlier its turn. */
const PAUSES = ["；", "; ", "：", ": ", "，", ", ", "、", " "];
/** Nor the numbers of printed pages: in the middle of the text a bare number says nothing to a listener. */
const UNSPOKEN = "nav, button, .case-end, [aria-hidden=true], .permalink, [role=doc-pagebreak]";
const voices = () => speechSynthesis.getVoices();

let queue = [];
let at = 0;
let playing = false;
let turn = 0;
let bar = null;
let watch = 0;
let pageVoice = null;

/** Cuts at a pause: a long utterance is what falls silent. */
function pieces(text) {
  const parts = [];
  let rest = text;
  while (rest.length > LONGEST) {
    parts.push(rest.slice(0, cutOf(rest)));
    rest = rest.slice(parts.at(-1).length);
  }
  return [...parts, rest];
}

/** A pause in the second half of what may be said at once, or else any; neither part becomes a crumb. */
function cutOf(text) {
  const most = Math.min(LONGEST, text.length - SHORTEST);
  for (const least of [most / 2, SHORTEST]) {
    for (const pause of PAUSES) {
      const cut = text.lastIndexOf(pause, most - pause.length) + pause.length;
      if (cut > least) return cut;
    }
  }
  return most;
}

/** Text in one language inside one block, with the places of its letters. */
function runs() {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest(UNSPOKEN) || !parent.checkVisibility()) continue;
    const block = parent.closest(BLOCKS) ?? parent;
    const lang = parent.closest("[lang]").lang;
    const last = found.at(-1);
    if (last?.block === block && last.lang === lang) last.nodes.push(node);
    else found.push({ block, lang, nodes: [node] });
  }
  return found;
}

function rangeOf(nodes, start, end) {
  const range = new Range();
  let passed = 0;
  for (const node of nodes) {
    const next = passed + node.length;
    if (start >= passed && start < next) range.setStart(node, start - passed);
    if (end > passed && end <= next) range.setEnd(node, end - passed);
    passed = next;
  }
  return range;
}

function sentences({ block, lang, nodes }) {
  const text = nodes.map((node) => node.data).join("");
  let start = 0;
  return [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)]
    .flatMap(({ segment }) => pieces(segment))
    .map((part) => {
      const range = rangeOf(nodes, start, start + part.length);
      start += part.length;
      return { text: part.replace(/\s+/g, " ").trim(), block, lang, range };
    })
    .filter(({ text: said }) => /[\p{L}\p{N}]/u.test(said));
}

const tagOf = ({ lang }) => lang.replaceAll("_", "-").toLowerCase();
const primary = (tag) => tag.split("-")[0];

function languagesOf(lang) {
  const own = primary(lang);
  if (own !== "zh") return [own];
  return lang === "zh-hk" || lang === "zh-mo" ? ["yue", ...CHINESE.slice(0, -1)] : CHINESE;
}

/** The best voice for a language: its own tag, then the nearest language; on this device rather than over the network. */
function voiceFor(tag) {
  const lang = tag.toLowerCase();
  const languages = languagesOf(lang);
  const rank = (voice) => [
    Number(tagOf(voice) !== lang),
    languages.indexOf(primary(tagOf(voice))),
    Number(MISREADS.test(voice.name ?? "")),
    Number(!voice.localService),
  ];
  const better = (one, other) => {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : a[at] - b[at];
  };
  return (
    voices()
      .filter((voice) => languages.includes(primary(tagOf(voice))))
      .sort(better)[0] ?? null
  );
}

function voicesKnown() {
  if (voices().length) return Promise.resolve();
  return new Promise((resolve) => {
    speechSynthesis.addEventListener?.("voiceschanged", resolve, { once: true });
    setTimeout(resolve, VOICES_WITHIN);
  });
}

const named = (lang) => new Intl.DisplayNames([root.lang], { type: "language" }).of(primary(lang));

/** Names in Latin letters are no trouble for other voices; ideographs are left out, and the reader is told. */
function withVoices(sentencesFound) {
  const missing = new Set();
  const heard = sentencesFound.filter(({ lang, text }) => {
    if (voiceFor(lang) || !/\p{Script=Han}/u.test(text)) return true;
    missing.add(lang);
    return false;
  });
  for (const lang of missing) say("skippedVoice", { language: named(lang) });
  return heard;
}

function mark(range) {
  CSS.highlights.set("reading", new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < topOfView() || box.bottom > innerHeight - 64)
    scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
}

/** Some engines never say that they ended: on after a silence, or after the longest plausible time of who claims to speak. */
function listen(utterance, next) {
  const { text } = utterance;
  const slow = text.match(/[\p{Script=Han}\p{N}]/gu)?.length ?? 0;
  const longest = SLACK + slow * SLOWEST.ideograph + (text.length - slow) * SLOWEST.letter;
  let heard = Date.now();
  let begun = heard;
  // The first words may keep the reader waiting; the time runs from where they are heard.
  utterance.onstart = utterance.onboundary = () => {
    begun = heard = Date.now();
  };
  watch = setInterval(() => {
    const now = Date.now();
    if (speechSynthesis.speaking || speechSynthesis.pending) heard = now;
    if (now - heard >= SILENCE || now - begun > longest) next();
  }, 250);
}

function speak() {
  clearInterval(watch);
  speechSynthesis.cancel();
  const sentence = queue[at];
  if (!sentence) return stop();
  // `cancel` ends the old utterance later; its events must not move us on.
  const mine = ++turn;
  const next = () => {
    if (mine !== turn || !playing) return;
    at += 1;
    speak();
  };
  const utterance = new SpeechSynthesisUtterance(sentence.text);
  utterance.lang = sentence.lang;
  utterance.voice = voiceFor(sentence.lang) ?? pageVoice;
  utterance.onend = next;
  utterance.onerror = ({ error }) => {
    if (mine !== turn || !FATAL.includes(error)) return next();
    stop();
    say("noSpeech");
  };
  mark(sentence.range);
  speechSynthesis.speak(utterance);
  listen(utterance, next);
}

function pause() {
  // Not `pause()`: on Android it is the end. The sentence begins again on resuming.
  playing = false;
  turn += 1;
  clearInterval(watch);
  speechSynthesis.cancel();
}

function stop() {
  pause();
  CSS.highlights.delete("reading");
  delete root.dataset.speaking;
  const focused = bar?.contains(document.activeElement);
  bar?.remove();
  bar = null;
  // Whoever reads on with the eyes or a screen reader does so where the voice was.
  if (focused && queue.length) focusOn((queue[at] ?? queue.at(-1)).block);
}

function label() {
  const button = bar.querySelector("[data-do=toggle]");
  button.textContent = playing ? button.dataset.pause : button.dataset.resume;
}

const deeds = {
  back() {
    at = Math.max(0, at - 1);
    playing = true;
    speak();
  },
  forward() {
    at += 1;
    playing = true;
    speak();
  },
  toggle() {
    if (playing) pause();
    else {
      playing = true;
      speak();
    }
  },
  stop,
};

/** From what the reader sees, not from the top. */
function firstInView() {
  const index = queue.findIndex(({ range }) => range.getBoundingClientRect().bottom > topOfView());
  return Math.max(0, index);
}

/** Without a voice for the page's language it says so, and the focus stays where the reader left it. */
export async function start() {
  stop();
  await voicesKnown();
  pageVoice = voiceFor(root.lang);
  if (!pageVoice) return say("noVoice", { language: named(root.lang) });
  queue = withVoices(runs().flatMap(sentences));
  bar = document.getElementById("reader").content.firstElementChild.cloneNode(true);
  document.body.append(bar);
  root.dataset.speaking = "";
  bar.addEventListener("click", ({ target }) => {
    deeds[target.dataset.do]?.();
    if (bar) label();
  });
  bar.querySelector("[data-do=toggle]").focus();
  at = firstInView();
  playing = true;
  speak();
}

addEventListener("pagehide", stop);
