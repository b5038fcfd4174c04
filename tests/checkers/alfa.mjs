// Siteimprove Alfa with every rule. Reads pages as a browser has laid them out, one JSON a line; writes what fails, a line each.
import { createInterface } from "node:readline";
import { Audit } from "@siteimprove/alfa-act";
import { Device } from "@siteimprove/alfa-device";
import { Node } from "@siteimprove/alfa-dom";
import { Headers, Request, Response } from "@siteimprove/alfa-http";
import rules from "@siteimprove/alfa-rules";
import { URL } from "@siteimprove/alfa-url";
import { Page } from "@siteimprove/alfa-web";

function laidOut({ address, document, device }) {
  const url = URL.parse(address).getUnsafe();
  const on = Device.from(device);
  return Page.of(Request.of("GET", url), Response.of(url, 200, Headers.empty()), Node.from(document, on), on);
}

for await (const line of createInterface({ input: process.stdin })) {
  const snapshot = JSON.parse(line);
  for (const { outcome, rule, target } of await Audit.of(laidOut(snapshot), rules).evaluate()) {
    if (outcome === "failed")
      console.log(snapshot.address, rule.uri, String(target).replace(/\s+/g, " ").slice(0, 160));
  }
}
