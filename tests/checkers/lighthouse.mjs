// Lighthouse as a phone. Reads addresses, one a line; writes the scores of each, one JSON a line. Arguments: the browser's path, categories.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...onlyCategories] = process.argv.slice(2);
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

async function measured(address) {
  // A browser of its own for each visit: a first visit has nothing in its cache.
  const browser = await launch({ chromePath, chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, logLevel: "silent", onlyCategories });
    const counted = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
      auditRefs.filter(({ weight }) => weight > 0),
    );
    return {
      address,
      scores: Object.fromEntries(
        Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]),
      ),
      failed: counted.map(({ id }) => id).filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9),
      fetched: (lhr.audits["network-requests"]?.details.items ?? []).map((item) => ({
        kind: item.resourceType,
        size: item.transferSize,
      })),
      largestPaint: lhr.audits["largest-contentful-paint"]?.numericValue,
    };
  } finally {
    browser.kill();
  }
}

for await (const address of createInterface({ input: process.stdin }))
  console.log(JSON.stringify(await measured(address)));
