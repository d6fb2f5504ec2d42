// Drives the lists of accounts through the data providers of react-admin, unchanged, and prints what they made of the answers.
// Usage: node lists.cjs <address of the API> <access token>
const { fetchUtils } = require('ra-core');
const simpleRest = require('ra-data-simple-rest');
const jsonServer = require('ra-data-json-server');

const [, , api, token] = process.argv;
const http = (url, options = {}) => fetchUtils.fetchJson(url, { ...options, user: { authenticated: true, token: `Bearer ${token}` } });
const constraints = [{ field: 'counters.total', op: 'GT', value: ['100'] }];
const byId = { field: 'id', order: 'ASC' };
const firstTen = { page: 1, perPage: 10 };
const brief = ({ data, total }) => ({ ids: data.map(account => account.id), total });

async function drive(provider, asFilter) {
  const list = (filter, sort = byId, pagination = firstTen) => provider.getList('account', { filter, sort, pagination }).then(brief);
  return {
    secondPage: await list({}, byId, { page: 2, perPage: 10 }),
    newestFirst: await list({ tag: 'third' }, { field: 'header.created', order: 'DESC' }, { page: 1, perPage: 3 }),
    searched: await list({ q: 'last2' }, byId, { page: 1, perPage: 2 }),
    constrained: await list({ tag: 'third', constraints: asFilter(constraints) }),
    many: await provider.getMany('account', { ids: ['m03', 'm11'] }).then(brief),
    reference: await provider.getManyReference('account', { target: 'venue', id: 'old-town', filter: {}, sort: byId, pagination: firstTen }).then(brief),
    one: (await provider.getOne('account', { id: 'm07' })).data.header.firstName,
    refused: await list({ colour: 'red' }).catch(error => ({ status: error.status, errors: error.body.errors })),
  };
}

(async () => {
  const provider = module => (module.default ?? module)(api, http);
  console.log(JSON.stringify({
    simpleRest: await drive(provider(simpleRest), list => list),
    jsonServer: await drive(provider(jsonServer), list => JSON.stringify(list)),
  }));
})().catch(error => {
  console.error(error);
  process.exit(1);
});
