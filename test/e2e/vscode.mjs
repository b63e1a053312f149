// Drives a real VS Code, in a browser, with the built extension installed: opens documents, points at terms, reads squiggles, applies fixes.
// Positions are those of a text in the document as it stands on the disk.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { addressOf, installVsCode, startVsCode } from '../../scripts/vscode-web.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const artifacts = join(root, 'test-artifacts');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const patience = 20_000;
const startingPatience = 60_000;
/** Before any test, whose time limit the download is not to use up. */
const installed = await installVsCode(console.log);

/** Both ways to run the extension: the whole package, and one for the web worker host only; there the theme is a dark one. */
export const hosts = [
  { host: 'node', vsix: join(root, 'dist', 'conformable.vsix') },
  { host: 'web', vsix: join(root, 'dist', 'conformable-web.vsix'), settings: { 'workbench.colorTheme': 'Default Dark Modern' } },
];

/** Starts VS Code on a folder with copies of the files, and a browser. */
export async function launch({ host, vsix, settings = {} }, files) {
  const data = await mkdtemp(join(tmpdir(), 'conformable-e2e-'));
  const folder = join(data, 'workspace');
  await mkdir(folder);
  await mkdir(artifacts, { recursive: true });
  for (const file of files) await cp(file, join(folder, basename(file)));
  const server = await startVsCode(installed, { vsix, folder, data, settings: { ...calm, ...settings } });
  let browser;
  const stop = async () => {
    await browser?.close();
    await server.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
    const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    page.setDefaultTimeout(patience);
    return { ...driver(page, folder, server.address, host), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const calm = {
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.codeLens': false,
  'files.autoSave': 'off',
  'problems.defaultViewMode': 'table',
  'workbench.activityBar.location': 'hidden',
  'workbench.tips.enabled': false,
};

function driver(page, folder, address, host) {
  let opened = '';
  const hover = page.locator('.monaco-resizable-hover .monaco-hover:visible');

  return {
    page,

    async open(name) {
      opened = join(folder, name);
      await page.goto(addressOf(address, folder, opened));
      await page.locator('.editor-instance .view-line').first().waitFor({ timeout: startingPatience });
      await page.locator('.editor-instance .view-line').first().click();
    },

    /** Saves the document, which has been changed, and answers its text. */
    async saved() {
      const dirty = page.locator('.tab.active.dirty');
      await dirty.waitFor();
      await page.keyboard.press('Control+s');
      await dirty.waitFor({ state: 'detached' });
      return readFile(opened, 'utf8');
    },

    /** Puts the cursor in front of the nth occurrence of a text (from 1), `inside` characters further. */
    async goTo(text, occurrence = 1, inside = 0) {
      const { line, column } = await place(opened, text, occurrence, inside);
      await page.keyboard.press('Control+g');
      const input = page.locator('.quick-input-widget:visible input');
      await input.fill(`:${line}:${column}`);
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden' });
      await page.getByText(`Ln ${line}, Col ${column}`, { exact: true }).waitFor();
      return { line, column };
    },

    /** What the hover over a text says, the pointer standing `inside` characters within it; waits until it says what is expected. */
    async hoverAt(text, expected, occurrence = 1, inside = 0) {
      await this.goTo(text, occurrence, inside);
      const box = await page.locator('.editor-instance .cursor').first().boundingBox();
      assert.ok(box, `no cursor at ${text}`);
      await page.mouse.move(5, 5);
      await hover.first().waitFor({ state: 'hidden' });
      await page.mouse.move(box.x + 2, box.y + box.height / 2);
      await page.mouse.move(box.x + 4, box.y + box.height / 2);
      const found = hover.filter({ hasText: expected }).first();
      const said = await found.waitFor().catch(async () => `no hover says so: ${(await hover.allInnerTexts()).join('\n')}`);
      assert.equal(said, undefined);
      return found.innerText();
    },

    /** Sources of the pictures in the hover that stands open; waits until there is one. */
    async pictures() {
      await hover.locator('img').first().waitFor();
      return hover.locator('img').evaluateAll((images) => images.map((image) => image.src));
    },

    /** The visible squiggles of a severity, as boxes on the screen; waits until there is one. */
    async squiggles(severity = 'error') {
      await page.locator(`.squiggly-${severity}`).first().waitFor({ timeout: startingPatience });
      return page.locator(`.squiggly-${severity}`).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    },

    noSquiggle: (severity = 'error') => page.locator(`.squiggly-${severity}`).first().waitFor({ state: 'detached' }),

    /** Whether a squiggle of that severity begins at a text. */
    async squiggleAt(text, occurrence = 1, severity = 'error') {
      await this.goTo(text, occurrence);
      const cursor = await page.locator('.editor-instance .cursor').first().boundingBox();
      const boxes = await this.squiggles(severity);
      return boxes.some((box) => Math.abs(box.x - cursor.x) < 3 && box.y < cursor.y + cursor.height && cursor.y < box.y + box.height + 3);
    },

    /** What the panel of problems lists; waits until there are so many. */
    async problems(count) {
      await page.keyboard.press('Control+Shift+m');
      const rows = page.locator('.markers-panel .monaco-list-row');
      await rows.nth(count - 1).waitFor({ timeout: startingPatience });
      const texts = await rows.allInnerTexts();
      await page.keyboard.press('Control+j');
      await page.locator('.markers-panel').waitFor({ state: 'hidden' });
      return texts.map(toProblem);
    },

    /** Applies the first fix whose title has the words, through the light bulb at a text. */
    async quickFix(title, text, occurrence = 1, inside = 0) {
      const rows = page.locator('.action-widget .monaco-list-row.action');
      // A hover that is still closing takes the first key press.
      for (let attempt = 0; attempt < 6; attempt++) {
        await page.mouse.move(2, 2);
        await page.keyboard.press('Escape');
        await this.goTo(text, occurrence, inside);
        await page.keyboard.press('Control+.');
        const shown = await rows
          .first()
          .waitFor({ timeout: 12_000 })
          .then(() => true)
          .catch(() => false);
        if (shown) break;
        await page.keyboard.press('Escape');
      }
      const row = rows.filter({ hasText: title }).first();
      if ((await row.count()) === 0) throw new Error(`no fix "${title}" among: ${(await rows.allInnerTexts()).join(' | ')}`);
      await row.click();
      await rows.first().waitFor({ state: 'hidden' });
    },

    screenshot: (name) => page.screenshot({ path: join(artifacts, `${name}-${host}.png`) }),
  };
}

/** A row of the panel of problems: code, message, place, source. */
function toProblem(text) {
  const found = /^(?:conformable)?([a-z-]+)\n([\s\S]*)\n.*\[Ln (\d+), Col (\d+)\]\n/.exec(text);
  assert.ok(found, `an unknown row of the panel: ${text}`);
  const [, code, message, line, column] = found;
  return { code, line: Number(line), column: Number(column), message };
}

/** Line and column, from 1, of the nth occurrence of a text in a file. */
async function place(file, text, occurrence, inside) {
  const whole = await readFile(file, 'utf8');
  let offset = -1;
  for (let n = 0; n < occurrence; n++) {
    offset = whole.indexOf(text, offset + 1);
    assert.ok(offset >= 0, `"${text}" does not occur ${occurrence} times in ${basename(file)}`);
  }
  const before = whole.slice(0, offset + inside).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
