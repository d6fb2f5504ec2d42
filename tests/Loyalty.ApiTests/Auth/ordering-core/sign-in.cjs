// Signs in as the platform's applications do, and prints what came of it as one line of JSON.
const core = require("@orderingstack/ordering-core");
const axios = require("axios");

const { LOYALTY_URL: url, LOYALTY_TENANT: tenant, LOYALTY_LOGIN: login, LOYALTY_PASSWORD: password } = process.env;
const basic = Buffer.from(`${process.env.LOYALTY_CLIENT}:${process.env.LOYALTY_SECRET}`).toString("base64");
const claimsOf = (token) => JSON.parse(Buffer.from(token.split(".")[1], "base64url"));

// The library keeps the answers of the token endpoint to itself; this looks on.
const answers = [];
let losing = false;
axios.interceptors.response.use((response) => {
  answers.push(response.data);
  if (losing && String(response.config.url).includes("/oauth/token")) {
    losing = false;
    throw Object.assign(new axios.AxiosError("the answer was lost", "ECONNRESET"), { config: response.config });
  }
  return response;
});

// The library waits for seconds before it asks again; here it need not.
const wait = global.setTimeout;
global.setTimeout = (call, time, ...rest) => wait(call, Math.min(time ?? 0, 20), ...rest);

function storage(refreshToken) {
  let kept = refreshToken;
  return {
    getRefreshToken: async () => kept,
    setRefreshToken: async (_, token) => { kept = token; },
    clearRefreshToken: async () => { kept = undefined; },
  };
}

async function main() {
  const found = {};
  const context = { BASE_URL: url, TENANT: tenant, BASIC_AUTH: basic, anonymousAuth: false };
  const provider = core.createAuthDataProvider(context, storage(), false);

  found.signedIn = await core.authorizeWithUserPass(url, tenant, basic, login, password);
  const first = await provider();
  const refreshToken = answers.at(-1).refresh_token;
  found.answer = Object.keys(answers.at(-1));
  found.first = { UUID: first.UUID, claims: claimsOf(first.token), expired: core.isTokenExpired(first.token) };
  found.me = await core.getLoggedUserData(url, first.token);

  found.refreshed = await core.authorizeWithRefreshToken(url, tenant, basic, refreshToken);
  const second = await provider();
  found.second = { UUID: second.UUID, claims: claimsOf(second.token), rotated: answers.at(-1).refresh_token !== refreshToken };
  found.wrong = await core.authorizeWithUserPass(url, tenant, basic, login, "wrong");
  found.reused = await core.authorizeWithRefreshToken(url, tenant, basic, refreshToken);
  found.reusedSame = answers.at(-1).refresh_token === answers.at(-2).refresh_token;

  // The network eats an answer; the library sends the same token again.
  const before = answers.at(-1).refresh_token;
  losing = true;
  found.retried = await core.authorizeWithRefreshToken(url, tenant, basic, before);
  found.retriedSame = answers.at(-1).refresh_token === answers.at(-2).refresh_token && answers.at(-1).refresh_token !== before;

  // Two tabs at once.
  const tabs = await Promise.all([1, 2].map(() => core.authorizeWithRefreshToken(url, tenant, basic, answers.at(-1).refresh_token)));
  found.tabs = tabs.every((tab) => tab.success) && answers.at(-1).refresh_token === answers.at(-2).refresh_token;
  const token = (await provider()).token;
  found.stillIn = await core.getLoggedUserData(url, token);

  found.updated = await core.updateUserData(url, token, { firstName: "Alicia", phone: "600100200", pushId: "push-1" });
  found.afterUpdate = await core.getLoggedUserData(url, token);
  found.deleted = await core.deleteUser(url, token);
  found.afterDelete = await core.getLoggedUserData(url, token);
  found.restored = await core.restoreUserAccount(url, token, { set: ["push"], unset: [] });
  found.afterRestore = await core.getLoggedUserData(url, token);
  await core.updateUserData(url, token, { firstName: "Alice" });

  const guests = { ...context, TENANT: process.env.LOYALTY_GUEST_TENANT, anonymousAuth: true };
  const guest = await core.createAuthDataProvider(guests, storage(), false)();
  found.guest = { UUID: guest.UUID, claims: claimsOf(guest.token) };
  console.log(`RESULT ${JSON.stringify(found)}`);
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
