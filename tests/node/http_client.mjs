// Asks one step after another in the GraphQL client that is named, and prints what came of each and what was sent.
import { recording } from './recording.mjs'

const { client, url, token, steps } = JSON.parse(process.argv[2])
const { open } = await import(`./${client}.mjs`)
const { sent, fetch } = recording()
const ask = open({ url, headers: token ? { authorization: `Bearer ${token}` } : {}, fetch })
const results = []
for (const step of steps) results.push(await ask(step))
console.log(JSON.stringify({ results, sent }))
