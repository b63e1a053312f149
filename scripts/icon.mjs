// Renders media/icon.svg as media/icon.png, 256×256, with an installed Chromium.
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const root = new URL('..', import.meta.url);
const svg = await readFile(new URL('media/icon.svg', root), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>*{margin:0}svg{display:block;width:256px;height:256px}</style>${svg}`);
await page.screenshot({ path: new URL('media/icon.png', root).pathname, omitBackground: true });
await browser.close();
