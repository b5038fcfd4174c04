// Ace by DAISY. Arguments: books. Writes each violation, one a line: book, place, severity, rule, what is wrong. PUPPETEER_EXECUTABLE_PATH: the browser's.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import ace from "@daisy/ace-core";
import axeRunner from "@daisy/ace-axe-runner-puppeteer";

// Without a folder for its report, it prints that.
const outdir = mkdtempSync(join(tmpdir(), "ace-"));

async function violations(book) {
  const [, report] = await ace(
    book,
    { cwd: process.cwd(), outdir, lang: "en", silent: true, initLogger: true, fileName: join(outdir, "ace.log") },
    axeRunner,
  );
  const found = report.assertions.flatMap((document) =>
    document.assertions.map((assertion) => [document["earl:testSubject"].url, assertion]),
  );
  const lines = found.map(([place, { "earl:test": rule, "earl:result": result }]) =>
    [
      basename(book),
      place,
      rule["earl:impact"],
      rule["dct:title"],
      result["dct:description"].replace(/\s+/g, " "),
    ].join(" "),
  );
  return lines.length || report["earl:result"]["earl:outcome"] === "pass" ? lines : [`${basename(book)} failed`];
}

try {
  for (const book of process.argv.slice(2)) for (const line of await violations(book)) console.log(line);
} finally {
  rmSync(outdir, { recursive: true });
}
