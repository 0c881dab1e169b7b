// Has every definition checked by two validators that know nothing of Crois: node validate-asl.mjs FILE...
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const aslValidator = require('asl-validator')
const { getLanguageService, TextDocument } = require('amazon-states-language-service')

const files = process.argv.slice(2)
if (files.length === 0) {
  console.error('Name at least one definition: node validate-asl.mjs FILE...')
  process.exit(2)
}

const service = getLanguageService({})

async function problems(file) {
  const text = readFileSync(file, 'utf8')
  const first = aslValidator(JSON.parse(text)).errors.map((error) => `asl-validator: ${JSON.stringify(error)}`)
  const document = TextDocument.create(`file://${file}`, 'asl', 1, text)
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document))
  const second = diagnostics.map(
    ({ range, message }) => `amazon-states-language-service: line ${range.start.line + 1}: ${message}`,
  )
  return [...first, ...second]
}

let refused = 0
for (const file of files) {
  const found = await problems(file)
  found.forEach((problem) => console.error(`${file}: ${problem}`))
  refused += found.length > 0 ? 1 : 0
}
console.log(`${files.length - refused} of ${files.length} definitions are accepted by both validators.`)
process.exit(refused === 0 ? 0 : 1)
