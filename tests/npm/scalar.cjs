// Opens the reference in Chromium, signs a person in on the host's own page, and calls an operation that is for people.
// Usage: node scalar.cjs <address of the API> <tenant> <login> <password> <folder for screenshots>
const { chromium } = require('playwright-core');

const [, , api, tenant, login, password, folder] = process.argv;
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function main() {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const page = await context.newPage();
  const errors = [];
  page.on('console', message => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', error => errors.push(String(error)));

  await page.goto(`${api}/scalar`);
  await page.getByRole('tab', { name: 'authorizationCode' }).or(page.getByRole('button', { name: 'authorizationCode' })).or(page.getByText('authorizationCode', { exact: true })).first().click({ timeout: 90000 });
  const [popup] = await Promise.all([
    context.waitForEvent('page', { timeout: 60000 }),
    page.getByRole('button', { name: 'Authorize' }).first().click(),
  ]);
  await popup.waitForSelector('#login', { timeout: 60000 });
  await popup.screenshot({ path: `${folder}/sign-in.png` });
  await popup.fill('#tenant', tenant);
  await popup.fill('#login', login);
  await popup.fill('#password', 'a wrong password');
  await popup.click('button');
  await popup.waitForSelector('[role=alert]', { timeout: 60000 });
  await popup.fill('#password', password);
  const token = page.waitForResponse(response => response.url().endsWith('/connect/token'), { timeout: 60000 });
  await popup.click('button');
  const answer = await (await token).json();
  await page.screenshot({ path: `${folder}/signed-in.png` });

  // What the reference does with the token, as a page of this origin.
  const me = await page.evaluate(async access => {
    const called = await fetch('/auth-api/api/me', { headers: { Authorization: `Bearer ${access}` } });
    return { status: called.status, body: await called.json() };
  }, answer.access_token);
  console.log(`RESULT ${JSON.stringify({ me, errors, scripts: await scriptsOf(context, api) })}`);
  await browser.close();
}

// The sign-in page works with scripts off, too.
async function scriptsOf(context, address) {
  const plain = await context.browser().newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(`${address}/connect/sign-in`);
  await page.fill('#tenant', tenant);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await page.click('button');
  const title = await page.textContent('h1', { timeout: 60000 });
  await plain.close();
  return title;
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
