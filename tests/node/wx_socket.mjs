// The mini-program's client hears `count` events of a subscription; prints a line for each.
import { createClient } from '../../schema/documents/miniprogram/client/client.js'
import { standIn } from './wx.mjs'

const { root, operations, name, variables, token, count } = JSON.parse(process.argv[2])
const tell = (happened) => console.log(JSON.stringify(happened))
const client = createClient({ root, operations, wx: standIn(), token: () => token, delay: () => 20 })
let left = count
const end = client.subscribe(name, variables, {
  next: (data, errors) => { tell({ data, ...(errors && { errors }) }); if (--left === 0) { end(); client.close() } },
  error: ({ code, message }) => tell({ code, message }),
})
