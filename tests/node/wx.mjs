// `wx` as far as the client uses it, on Node's own fetch and WebSocket; it counts what is sent, and can lose it.
import { readFile } from 'node:fs/promises'

export function standIn({ lose = 0, loseAnswers = 0 } = {}) {
  const sent = []
  const fails = { errMsg: 'request:fail ' }
  const lost = (options, what) => {
    sent.push(what)
    if (lose-- > 0) return options.fail(fails), true
    return false
  }
  const answer = async (options, asked, parse) => {
    try {
      const response = await asked
      const text = await response.text()
      if (loseAnswers-- > 0) return options.fail(fails) // the server has done it, and nobody was told
      let data = text
      if (parse) try { data = JSON.parse(text) } catch { /* as wx does: the text then */ }
      options.success({ statusCode: response.status, data, header: Object.fromEntries(response.headers) })
    } catch (error) {
      options.fail({ errMsg: `request:fail ${error.message}` })
    }
  }
  return {
    sent,
    request(options) {
      if (lost(options, { method: options.method, url: options.url, header: options.header })) return
      const body = options.data === undefined ? undefined : JSON.stringify(options.data)
      answer(options, fetch(options.url, { method: options.method, headers: options.header, body }), true)
    },
    async uploadFile(options) {
      if (lost(options, { method: 'POST', url: options.url, header: options.header })) return
      const form = new FormData()
      for (const [name, value] of Object.entries(options.formData)) form.append(name, value)
      form.append(options.name, new Blob([await readFile(options.filePath)]), 'tmp_番茄.jpg')
      answer(options, fetch(options.url, { method: 'POST', headers: options.header, body: form }), false)
    },
    connectSocket({ url, protocols }) {
      sent.push({ method: 'SOCKET', url, protocols })
      const socket = new WebSocket(url, protocols)
      return {
        onOpen: (heard) => socket.addEventListener('open', heard),
        onMessage: (heard) => socket.addEventListener('message', heard),
        onClose: (heard) => socket.addEventListener('close', ({ code }) => heard({ code })),
        onError: (heard) => socket.addEventListener('error', heard),
        send: ({ data, fail }) => { try { socket.send(data) } catch (error) { fail(error) } },
        close: ({ code }) => socket.close(code),
      }
    },
  }
}
