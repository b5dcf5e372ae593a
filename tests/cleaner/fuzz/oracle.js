// The live reference: jsdom runs Mozilla's Readability.js (commit d6fc38c; its path is in HARVESTER_READABILITY_JS).
// One JSON object a line in: {id, url, html} (with alone: true, in a window of its own, as a browser would load it)
// or {id, url, body (base64), content_type}; one a line out:
// {id, title, content, ms (processor time)} where content is null when Readability finds no article, or {id, error}.
// Scripting is on as far as the parser goes (noscript is text, as in Chromium); no script of the page runs.
"use strict";

const readline = require("readline");
const { createRequire } = require("module");
const path = require("path");

const script = path.resolve(process.env.HARVESTER_READABILITY_JS);
const near = createRequire(script);
const { JSDOM, VirtualConsole } = near("jsdom");
// parse5 parses a fragment in no-quirks mode whatever its document's mode is; innerHTML keeps the mode in a browser.
Object.defineProperty(near("jsdom/lib/jsdom/living/nodes/Element-impl.js").implementation.prototype, "_mode", {
  get() {
    return this._ownerDocument._mode;
  },
});
// jsdom ties the parser's scripting flag to running scripts; only the flag is wanted.
const parser = near("jsdom/lib/jsdom/browser/parser/html.js");
const { parseIntoDocument } = parser;
parser.parseIntoDocument = (markup, document) => {
  document._parseOptions.scriptingEnabled = true;
  return parseIntoDocument(markup, document);
};
const Readability = near(script);
// jsdom 29.1.1 puts text that is foster-parented before a table after it: its adapter passes the table as second
// argument of _append where _insert is meant. Chromium and the HTML standard put it before.
const { prototype } = near("jsdom/lib/jsdom/living/nodes/Node-impl.js").implementation;
const append = prototype._append;
prototype._append = function (node, second) {
  return second !== null && typeof second === "object" ? this._insert(node, second) : append.call(this, node, second);
};

// A window is most of what a small page costs, and a document made by its DOMParser has the same address and styles.
const parsers = new Map();

function parsed(html, url) {
  if (!parsers.has(url)) {
    const { window } = new JSDOM("", { url, virtualConsole: new VirtualConsole() });
    parsers.set(url, new window.DOMParser());
  }
  return parsers.get(url).parseFromString(html, "text/html");
}

function loaded(request) {
  if (request.html !== undefined && !request.alone) return [parsed(request.html, request.url), () => {}];
  const options = { url: request.url, virtualConsole: new VirtualConsole() };
  let source = request.html;
  if (request.body !== undefined) {
    source = Buffer.from(request.body, "base64");
    if (request.content_type) options.contentType = request.content_type;
  }
  const dom = new JSDOM(source, options);
  return [dom.window.document, () => dom.window.close()];
}

function answer(request) {
  const [document, close] = loaded(request);
  try {
    const title = document.title;
    const article = new Readability(document).parse();
    return { id: request.id, title, content: article === null ? null : article.content };
  } finally {
    close();
  }
}

readline.createInterface({ input: process.stdin, terminal: false }).on("line", (line) => {
  const request = JSON.parse(line);
  const started = process.cpuUsage();
  let reply;
  try {
    reply = answer(request);
  } catch (error) {
    reply = { id: request.id, error: String(error) };
  }
  const used = process.cpuUsage(started);
  reply.ms = (used.user + used.system) / 1000;
  process.stdout.write(JSON.stringify(reply) + "\n");
});
