// npm graphql-ws, the protocol's own client: asks one operation, and prints a line for each thing that happens.
import { createClient } from 'graphql-ws'

const { url, token, payload, count } = JSON.parse(process.argv[2])
const tell = (happened) => console.log(JSON.stringify(happened))
const client = createClient({
  url, connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  shouldRetry: () => true, retryAttempts: 200, retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
})
client.on('connected', () => tell({ connected: true }))
client.on('closed', ({ code, reason }) => tell({ closed: code, reason }))

let left = count
await new Promise((resolve) => {
  const end = client.subscribe(payload, {
    next: (answer) => { tell({ next: answer }); if (--left === 0) end() },
    error: (error) => { tell(Array.isArray(error) ? { errors: error } : { failure: error.code ?? String(error) }); resolve() },
    complete: () => { tell({ complete: true }); resolve() },
  })
})
await client.dispose()
