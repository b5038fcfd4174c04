// Reads the text aloud sentence by sentence. One utterance a sentence, because Chrome falls silent after some fifteen seconds of one;
// the sentence is marked through the CSS Custom Highlight API, so that the page's elements don't change.

import { focusOn, topOfView } from "./view.js";

const main = document.querySelector("main");
const root = document.documentElement;
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, th, td, dt, dd, caption, figcaption";
const LONGEST = 160;
const SHORTEST = 20;
/** In ms. */
const SILENCE = 1500;
const SLACK = 4000;
/** The stronger a pause, the earlier its turn. */
const PAUSES = ["；", "; ", "：", ": ", "，", ", ", "、", " "];
/** Nor the numbers of printed pages: in the middle of the text a bare number says nothing to a listener. */
const UNSPOKEN = "nav, [aria-hidden=true], .permalink, [role=doc-pagebreak]";
const voices = () => speechSynthesis.getVoices();

let queue = [];
let at = 0;
let playing = false;
let turn = 0;
let bar = null;
let watch = 0;

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

function voiceFor(lang) {
  const same = voices().filter((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith(lang.slice(0, 2).toLowerCase()));
  return same.find((voice) => voice.lang.replace("_", "-") === lang && voice.localService) ?? same.find((voice) => voice.localService) ?? same[0] ?? null;
}

function mark(range) {
  CSS.highlights.set("reading", new Highlight(range));
  const box = range.getBoundingClientRect();
  if (box.top < topOfView() || box.bottom > innerHeight - 64) scrollBy({ top: box.top - innerHeight / 3, behavior: "instant" });
}

/** Some engines never say that they ended: on after a silence, or after the longest plausible time of who claims to speak. */
function listen(text, next) {
  const slow = text.match(/[\p{Script=Han}\p{N}]/gu)?.length ?? 0;
  const latest = Date.now() + SLACK + slow * 400 + (text.length - slow) * 130;
  let heard = Date.now();
  watch = setInterval(() => {
    const now = Date.now();
    if (speechSynthesis.speaking || speechSynthesis.pending) heard = now;
    if (now - heard >= SILENCE || now > latest) next();
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
  utterance.voice = voiceFor(sentence.lang);
  utterance.onend = next;
  utterance.onerror = ({ error }) => (["not-allowed", "synthesis-unavailable", "audio-busy"].includes(error) ? stop() : next());
  mark(sentence.range);
  speechSynthesis.speak(utterance);
  listen(sentence.text, next);
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
  if (focused) focusOn((queue[at] ?? queue.at(-1)).block);
}

function label() {
  const button = bar.querySelector("[data-do=toggle]");
  button.textContent = playing ? button.dataset.pause : button.dataset.resume;
}

const deeds = {
  back() { at = Math.max(0, at - 1); playing = true; speak(); },
  forward() { at += 1; playing = true; speak(); },
  toggle() { if (playing) pause(); else { playing = true; speak(); } },
  stop,
};

/** From what the reader sees, not from the top. */
function firstInView() {
  const index = queue.findIndex(({ range }) => range.getBoundingClientRect().bottom > topOfView());
  return Math.max(0, index);
}

export function start() {
  stop();
  queue = runs().flatMap(sentences);
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
