// The shop's GraphQL client for WeChat mini-programs: needs nothing but `wx`. Types are in client.d.ts.
// Queries go by GET, so that caches on the way may answer them; only registered documents are asked, by their ids.

const SAFE_TRIES = 3
const LONGEST_ADDRESS = 2000 // characters; a longer query goes by POST
const BUSY = [502, 503, 504, 'THROTTLED', 'TOO_MANY_UPLOADS'] // by status or code: worth another try
const HOPELESS = [4400, 4406, 4409, 4500] // close codes of a socket that would end the same way again

/** What the shop answered instead of data. `code` is the first error's; `status` is 0 when nothing was answered. */
export class GraphQLFailure extends Error {
  constructor(errors, status, retryAfter = 0, data = null) {
    super(errors[0].message)
    this.name = 'GraphQLFailure'
    this.errors = errors
    this.status = status
    this.code = (errors[0].extensions || {}).code
    this.retryAfter = retryAfter
    this.data = data
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const pause = (attempt) => 300 * 2 ** attempt * (0.5 + Math.random()) // milliseconds, spread so that clients do not return together
const unanswered = (message) => new GraphQLFailure([{ message, extensions: { code: 'NETWORK' } }], 0)

/** JSON with sorted keys: the same question has the same address, whoever asks it. */
const canonical = (value) => JSON.stringify(value, (_, inner) => inner && typeof inner === 'object' && !Array.isArray(inner)
  ? Object.fromEntries(Object.keys(inner).sort().map((key) => [key, inner[key]])) : inner)

export function createClient({ root, operations, wx, token = () => null, refresh = null, language = 'zh-CN', delay = pause }) {
  const send = (options) => new Promise((resolve, reject) => wx.request({
    ...options, success: resolve, fail: ({ errMsg }) => reject(unanswered(errMsg)),
  }))
  let refreshing = null // one refresh at a time, however many requests wait for it
  const renew = () => (refreshing ||= Promise.resolve(refresh()).finally(() => { refreshing = null }))
  const headers = async () => {
    if (refreshing) await refreshing
    const bearer = await token()
    return { 'content-type': 'application/json', accept: 'application/json', 'accept-language': language,
      ...(bearer && { authorization: `Bearer ${bearer}` }) }
  }

  /** Tries again what did not arrive or was too much just now, if it is safe; and once with a new token. */
  async function persist(isSafe, act) {
    let renewed = !refresh
    for (let attempt = 0; ;) {
      try {
        return await act()
      } catch (failure) {
        if (!(failure instanceof GraphQLFailure)) throw failure
        if (failure.code === 'UNAUTHENTICATED' && !renewed) { // refused before anything ran: always safe
          renewed = true
          await renew()
        } else if (isSafe && (failure.status === 0 || BUSY.includes(failure.status) || BUSY.includes(failure.code))
          && ++attempt < SAFE_TRIES) {
          await sleep(Math.max(failure.retryAfter * 1000, delay(attempt)))
        } else throw failure
      }
    }
  }

  function read({ statusCode, data, header = {} }) {
    let body = data
    if (typeof data === 'string') try { body = JSON.parse(data) } catch { body = null } // wx.uploadFile does not parse
    const errors = body && body.errors
    const after = Object.keys(header).find((name) => name.toLowerCase() === 'retry-after')
    if (errors && errors.length) throw new GraphQLFailure(errors, statusCode, Number(header[after]) || 0, body.data)
    if (!body || statusCode >= 400) throw new GraphQLFailure([{ message: `HTTP ${statusCode}` }], statusCode)
    return body
  }

  /** The data of a query or a mutation. A mutation is tried again only if its idempotency key makes that harmless. */
  function ask(name, variables = {}) {
    const { id, type } = operations[name]
    const isQuery = type === 'query'
    const isSafe = isQuery || 'idempotencyKey' in variables || 'idempotencyKey' in (variables.input || {})
    const address = `${root}/graphql?documentId=${encodeURIComponent(id)}&variables=${encodeURIComponent(canonical(variables))}`
    const isGet = isQuery && address.length <= LONGEST_ADDRESS
    return persist(isSafe, async () => read(await send({
      url: isGet ? address : `${root}/graphql`, method: isGet ? 'GET' : 'POST', header: await headers(),
      ...(!isGet && { data: { documentId: id, variables } }),
    })).data)
  }

  /** Sends one file; the same key gives the same upload. The answer: { id, sha256, contentType, size, width, height }. */
  function uploadFile(filePath, idempotencyKey) {
    return persist(true, async () => {
      const { 'content-type': _, ...header } = await headers() // wx writes the form's own
      return read(await new Promise((resolve, reject) => wx.uploadFile({
        url: `${root}/uploads`, filePath, name: 'file', formData: { idempotencyKey }, header,
        success: resolve, fail: ({ errMsg }) => reject(unanswered(errMsg)),
      })))
    })
  }

  const live = new Map() // what is subscribed to: it survives its socket
  let socket = null, isReady = false, opening = false, failures = 0, counter = 0
  const say = (message) => socket.send({ data: JSON.stringify(message), fail: () => {} })
  const start = ([id, { payload }]) => say({ id, type: 'subscribe', payload })
  const finish = (id, end) => { const each = live.get(id); if (live.delete(id) && each) end(each); if (!live.size) hangUp() }
  function hangUp() {
    if (socket) socket.close({ code: 1000 })
    socket = null
    isReady = false
  }

  function hear(text) {
    const { id, type, payload } = JSON.parse(text)
    if (type === 'connection_ack') { isReady = true; failures = 0; for (const each of live) start(each) }
    if (type === 'ping') say({ type: 'pong' })
    if (type === 'next' && live.has(id)) live.get(id).next(payload.data, payload.errors)
    if (type === 'error') finish(id, ({ error }) => error(new GraphQLFailure(payload, 0)))
    if (type === 'complete') finish(id, ({ complete }) => complete && complete())
  }

  async function connect() {
    if (socket || opening || !live.size) return
    opening = true
    const { authorization } = await headers().catch(() => ({})).finally(() => { opening = false })
    if (!live.size) return
    const mine = socket = wx.connectSocket({ url: `${root.replace(/^http/, 'ws')}/graphql`, protocols: ['graphql-transport-ws'] })
    mine.onOpen(() => say({ type: 'connection_init', payload: { 'accept-language': language, ...(authorization && { authorization }) } }))
    mine.onMessage(({ data }) => { if (mine === socket) hear(data) })
    mine.onError(() => lost(mine, 0))
    mine.onClose(({ code }) => lost(mine, code))
  }

  /** The socket is gone: everything is subscribed to again on a new one, unless that would end the same way. */
  async function lost(mine, code) {
    if (mine !== socket) return
    socket = null
    isReady = false
    if (HOPELESS.includes(code)) {
      const gone = [...live.values()]
      live.clear()
      return gone.forEach(({ error }) => error(unanswered(`socket closed: ${code}`)))
    }
    if ((code === 4401 || code === 4403) && refresh) await renew().catch(() => {})
    await sleep(delay(Math.min(failures++, 6)))
    connect()
  }

  /** Tells `next` of every event until the function that is answered is called, or `error` or `complete` was. */
  function subscribe(name, variables, { next, error, complete }) {
    const id = String(++counter)
    live.set(id, { payload: { documentId: operations[name].id, variables }, next, error, complete })
    if (isReady) start([id, live.get(id)])
    else connect()
    return () => { if (live.has(id)) { if (isReady) say({ id, type: 'complete' }); finish(id, () => {}) } }
  }

  return { query: ask, mutate: ask, subscribe, uploadFile, close: () => { live.clear(); hangUp() } }
}
