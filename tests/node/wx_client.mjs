// Runs the mini-program's client as the arguments say, and prints what came of it: steps one after another.
import { createClient } from '../../schema/documents/miniprogram/client/client.js'
import { standIn } from './wx.mjs'

const { root, operations, steps, tokens = [], lose, loseAnswers } = JSON.parse(process.argv[2])
const wx = standIn({ lose, loseAnswers })
let refreshed = 0
const client = createClient({
  root, operations, wx, token: () => tokens[Math.min(refreshed, tokens.length - 1)] || null,
  refresh: async () => { await new Promise((resolve) => setTimeout(resolve, 20)); refreshed += 1 },
  delay: () => 1,
})

const told = (promise) => promise.then((data) => ({ data }), ({ code, status, message, data }) => ({ code, status, message, data }))

const actions = {
  query: ({ name, variables }) => told(client.query(name, variables)),
  mutate: ({ name, variables }) => told(client.mutate(name, variables)),
  upload: ({ path, key }) => told(client.uploadFile(path, key)),
  together: ({ all }) => Promise.all(all.map((step) => actions[step.do](step))),
  // the first `count` events, or how it ended
  subscribe: ({ name, variables, count }) => new Promise((resolve) => {
    const events = []
    const end = client.subscribe(name, variables, {
      next: (data) => { if (events.push(data) === count) { end(); resolve({ events }) } },
      error: ({ code, message }) => resolve({ events, code, message }),
      complete: () => resolve({ events, completed: true }),
    })
  }),
}

const results = []
for (const step of steps) results.push(await actions[step.do](step))
client.close()
console.log(JSON.stringify({ results, refreshed, sent: wx.sent }))
