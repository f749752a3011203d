import { describe, expect, it } from '@jest/globals'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import { checkDocument } from '../../src/public-api/graphql/checkDocument.ts'

const config = await configFor(
  readEnv({ DATABASE_URL: 'file:/nowhere/utskick.db', PAYLOAD_SECRET: 'a secret of the tests' }),
)
const read = (query: string, { isStaff = false, variables = {} } = {}) =>
  checkDocument({ query, operationName: null, variables, isStaff, config, idKind: 'number' })
const check = (...asked: Parameters<typeof read>) => {
  const checked = read(...asked)
  return 'cost' in checked ? checked.cost : checked.text.en
}
const aliases = (count: number, field: string) =>
  `{${Array.from({ length: count }, (_, index) => `a${index}:${field}`).join(' ')}}`
const ROOTS = 'At most 5 root fields, aliases included.'
const DEAR = 'At most 2 long lists, searches or filters by topics and authors in one query: split it.'
const LIMIT = 'limit: a whole number from 1 to 100.'
const NO_LIMIT = 'limit: give a whole number from 1 to 100.'
const nested = (depth: number): string => (depth === 0 ? '{id}' : `{relatedArticles${nested(depth - 1)}}`)

describe('a GraphQL document of somebody who is not staff', () => {
  it.each([
    ['{Articles{docs{id title}}}', 31],
    ['{Articles(limit:100){docs{id title}}}', 301],
    ['{Article(id:1){title content}}', 22],
    ['query($n:Int=7){Articles(limit:$n){docs{id}}}', 15],
    ['{Articles(limit:10){docs{authors{name}}}}', 81],
    ['{countArticles{totalDocs} Site{name}}', 4],
    ['{...F} fragment F on Query{Articles(limit:2){docs{...G}}} fragment G on Article{id slug}', 7],
  ])('costs its fields times its documents: %s', (query, cost) => {
    expect(check(query)).toBe(cost)
  })

  it.each([
    [aliases(6, 'Articles(limit:1){docs{id}}'), ROOTS],
    ['{...F ...F ...F} fragment F on Query{a:Site{name} b:Site{name}}', ROOTS],
    [`{...on Query${aliases(6, 'Site{name}')}}`, ROOTS],
    [aliases(3, 'Articles(limit:26){docs{id}}'), DEAR],
    [aliases(3, 'Articles(where:{title:{like:"a"}}){docs{id}}'), DEAR],
    ['{...F ...F ...F} fragment F on Query{a:Articles(limit:100){docs{id}}}', DEAR],
    ['{Articles(limit:0){docs{id}}}', LIMIT],
    ['{Articles(limit:-1){docs{id}}}', LIMIT],
    ['{Articles(limit:1000000000){docs{id}}}', LIMIT],
    ['{Articles(limit:"5"){docs{id}}}', LIMIT],
    ['query($n:Int=500){Articles(limit:$n){docs{id}}}', LIMIT],
    ['{Articles(pagination:false){docs{id}}}', NO_LIMIT],
    ['{Articles(pagination:false,limit:null){docs{id}}}', NO_LIMIT],
    ['query($p:Boolean=false){Articles(pagination:$p){docs{id}}}', NO_LIMIT],
    ['{Article(id:1){content(depth:9)}}', 'depth: a whole number from 0 to 2.'],
    ['{Articles(page:900000){docs{id}}}', 'page: a whole number from 1 to 100000.'],
    [`{Article(id:1)${nested(13)}}`, 'The query is deeper than 12 levels.'],
    ['{...F} fragment F on Query{...F}', 'The fragment “F” contains itself.'],
    ['{...A} fragment A on Query{...B} fragment B on Query{...A}', 'The fragment “A” contains itself.'],
    ['{...Nothing}', 'There is no fragment “Nothing”.'],
    ['subscription{x}', 'There are no subscriptions here.'],
    ['mutation{loginUser(email:"a",password:"b"){token}}', 'Changing anything needs a login.'],
    [aliases(1_500, 'Site{name}'), 'The query is too large: split it.'],
    [`{Site${'@skip(if:false)'.repeat(21)}{name}}`, 'The query is too large: split it.'],
    [
      'query A{Site{name}} query B{Site{name}}',
      'Send one operation, or say with operationName which of several.',
    ],
    ['{', 'That is no GraphQL: Syntax Error: Expected Name, found <EOF>.'],
    ['', 'That is no GraphQL: Syntax Error: Unexpected <EOF>.'],
  ])('is refused: %.70s', (query, reason) => {
    expect(check(query)).toBe(reason)
  })

  it('is refused when its operations are too large together: the schema reads them all', () => {
    const many = (operations: number) => {
      const names = Array.from({ length: operations }, (_, number) => `q${number}`)
      const query = `${names.map((name) => `query ${name}{...F}`).join(' ')} fragment F on Query{Site{${'name '.repeat(100)}}}`
      return checkDocument({
        ...{ query, operationName: 'q0', variables: {} },
        ...{ isStaff: false, config, idKind: 'number' },
      })
    }
    expect([many(10), many(30)]).toMatchObject([
      { cost: 101 },
      { text: { en: 'The query is too large: split it.' } },
    ])
  })

  it.each([
    '{Articles(limit:100){docs{relatedArticles{content}}}}',
    `{Articles(limit:100)${'{docs{content '}${aliases(300, 'title').slice(1, -1)}}}}`,
  ])('is refused when it is too dear: %.60s', (query) => {
    expect(check(query)).toMatch(/^The query costs \d+ /)
  })

  it.each([
    'Subscribers',
    'Users',
    'versionsArticles',
    'docAccessArticle',
    'Access',
    'meUser',
    'Nothing',
    '__schema',
  ])('is told in the same words that there is no %s', (name) => {
    expect(check(`{${name}{x}}`)).toBe(`There is no field “${name}” here.`)
  })

  it.each(['newsletter{subject}', 'owner{email}', 'generateSlug', 'nothing', '...on Subscriber{email}'])(
    'finds no field of staff: %s',
    (field) => {
      expect(check(`{Articles{docs{${field}}}}`)).toMatch(/^There is no field “\w+” here\.$/)
    },
  )

  it.each([
    ['{Site{WORD}}', 'senderEmail'],
    ['{allMedia{docs{WORD{reason}}}}', 'takenDown'],
    ['{Article(id:1){relatedArticles{WORD}}}', 'owner'],
    ['{Article(id:1){authors{portrait{WORD}}}}', 'takenDown'],
    ['{Articles{WORD{id}}}', 'owner'],
    ['{countArticles{WORD}}', 'owner'],
    ['{Articles{docs{...F}}} fragment F on Article{WORD}', 'owner'],
    ['{Site{name}} fragment F on Article{WORD}', 'owner'],
    ['query($o:Article_WORD_operator){Articles{docs{id}}}', 'owner'],
    ['{Articles{docs{...on Article_WORD{id}}}}', 'Newsletter'],
    ['{Articles(where:{WORD:{equals:1}}){docs{id}}}', 'owner'],
    ['{Articles(where:{OR:{WORD:{equals:1}}}){docs{id}}}', 'owner'],
    ['{countArticles(where:{WORD:{equals:"x"}}){totalDocs}}', 'newsletter__subject'],
    ['{Articles(sort:"WORD"){docs{id}}}', 'owner'],
    ['{Articles(sort:["title","WORD"]){docs{id}}}', 'owner'],
  ])('is refused in the same words for what is hidden and for what does not exist: %s', (query, hidden) => {
    const told = (word: string) =>
      JSON.stringify(read(query.replace('WORD', word))).replaceAll(
        new RegExp(`${word}|${word.replaceAll('__', '.')}`, 'g'),
        'WORD',
      )
    expect(told(hidden)).toBe(told('nonsense'))
    expect(JSON.parse(told(hidden))).toEqual(expect.objectContaining({ code: 'query_invalid' }))
  })

  it('is refused when another of its operations asks for what is hidden', () => {
    const query = 'query A{Site{name}} query B{Site{senderEmail}}'
    const asked = {
      query,
      operationName: 'A',
      variables: {},
      isStaff: false,
      config,
      idKind: 'number' as const,
    }
    expect(checkDocument(asked)).toEqual(expect.objectContaining({ parameter: 'senderEmail' }))
  })

  it.each<[string, object]>([
    ['query($s:String){Articles(where:{slug:{equals:$s},title:{like:$s}}){docs{id}}}', { s: 'om' }],
    ['query($s:String){Articles(where:{slug:{equals:$s,in:["a"]}}){docs{id}}}', {}],
    ['query($w:Article_where){countArticles(where:$w){totalDocs}}', { w: { topics__slug: { in: ['a'] } } }],
    ['query($s:Article__status_Input){Articles(where:{_status:{equals:$s}}){docs{_status}}}', { s: 'draft' }],
    ['{Articles(where:{_status:{equals:published}},sort:"-publishedAt,slug"){docs{__typename id}}}', {}],
    ['{Articles(where:{OR:{slug:{equals:"a"}}}){totalDocs docs{heroImage{sizes{card{url}}}}}}', {}],
    ['{__typename Site{logo{url} consentText}}', {}],
    ['query A{Site{name}}', {}],
  ])('asks for what is public in any spelling of GraphQL: %s', (query, variables) => {
    expect(check(query, { variables })).toEqual(expect.any(Number))
  })

  it.each([
    ['{Articles(where:{owner:{equals:1}}){docs{id}}}', 'where[owner]'],
    ['{Articles(where:{slug:{all:"x"}}){docs{id}}}', 'where[slug][all]'],
    ['{Articles(sort:"owner"){docs{id}}}', 'sort'],
    ['{Articles(limit:0){docs{id}}}', 'limit'],
    ['{Articles(pagination:false){docs{id}}}', 'limit'],
    ['{Article(id:1){content(depth:3)}}', 'depth'],
    ['{Subscribers{docs{id}}}', 'Subscribers'],
  ])('is told what it is refused for: %s', (query, parameter) => {
    expect(read(query)).toEqual(expect.objectContaining({ code: 'query_invalid', parameter }))
  })
})

describe('the lists of a GraphQL document', () => {
  const isDear = (query: string, variables = {}) => {
    const checked = read(query, { variables })
    return 'isDear' in checked ? checked.isDear : checked.text.en
  }

  it.each<[string, object]>([
    ['{Articles(limit:100){docs{id}}}', {}],
    ['{Articles(limit:1,page:51){docs{id}}}', {}],
    ['query($p:Int){Articles(limit:1,page:$p){docs{id}}}', { p: 990 }],
    ['query($p:Int=990){Articles(limit:1,page:$p){docs{id}}}', {}],
    ['{...F} fragment F on Query{a:Articles(page:990){docs{id}}}', {}],
    ['{Authors(sort:"-name"){docs{id}}}', {}],
    ['{allMedia(sort:"createdAt,filesize"){docs{id}}}', {}],
    ['{Articles(where:{title:{like:"a"}}){docs{id}}}', {}],
    ['{Articles(where:{OR:[{slug:{equals:"a"}},{topics__slug:{in:["a"]}}]}){docs{id}}}', {}],
    ['query($w:Article_where){countArticles(where:$w){totalDocs}}', { w: { slug: { not_equals: 'a' } } }],
    ['{Site{name} Articles(limit:25){docs{content}}}', {}],
  ])('are dear when they read much or go by what no index names: %s', (query, variables) => {
    expect(isDear(query, variables)).toBe(true)
  })

  it.each<[string, object]>([
    ['{Articles{docs{id title}}}', {}],
    ['{Articles(limit:25,page:50,sort:"-publishedAt"){docs{id}}}', {}],
    ['query($s:String!){Articles(where:{slug:{equals:$s}}){docs{content}}}', { s: 'a' }],
    ['{Articles(where:{AND:[{publishedAt:{greater_than:"2026-01-01"}},{id:{in:[1]}}]}){docs{id}}}', {}],
    ['{Article(id:1){title content} Site{name}}', {}],
  ])('are not dear when they read little by an index: %s', (query, variables) => {
    expect(isDear(query, variables)).toBe(false)
  })
})

describe('a GraphQL document that changes something', () => {
  it('is refused as one that needs a login', () => {
    expect(read('mutation{createTopic(data:{name:"a"}){id}}')).toEqual({
      status: 401,
      code: 'login_needed',
      text: expect.objectContaining({ en: 'Changing anything needs a login.' }),
    })
    expect(read('{Articles(limit:0){docs{id}}}')).toEqual(expect.objectContaining({ status: 400 }))
  })
})

describe('a GraphQL document of staff', () => {
  it.each([
    ['{Articles(sort:"owner.hash"){docs{id}}}', 'sort'],
    ['{versionsArticles(sort:"version.owner.hash"){docs{id}}}', 'sort'],
    ['{Users(sort:"-hash"){docs{id}}}', 'sort'],
    ['{Articles(where:{slug:{all:"x"}}){docs{id}}}', 'where[slug][all]'],
  ])('goes by no secret, and by what REST goes by: %s', (query, parameter) => {
    expect(read(query, { isStaff: true })).toEqual(
      expect.objectContaining({ code: 'query_invalid', parameter }),
    )
  })

  it.each([
    '{Articles(where:{newsletter__subject:{like:"x"},owner:{equals:1}},sort:"-title"){docs{id}}}',
    '{versionsArticles(where:{parent:{equals:1},version__title:{equals:"x"}},sort:"-updatedAt"){docs{id}}}',
    '{Subscribers(where:{email:{contains:"åk"},status:{equals:active}}){docs{id}}}',
  ])('goes by their own fields: %s', (query) => {
    expect(check(query, { isStaff: true })).toEqual(expect.any(Number))
  })

  it('asks for more, but not for everything', () => {
    const ask = (query: string, variables = {}) => check(query, { isStaff: true, variables })
    expect([
      ask('{Subscribers(limit:1000){docs{email}}}'),
      ask('{Subscribers(limit:0){docs{email}}}'),
      ask('query($n:Int){Subscribers(limit:$n){docs{email}}}', { n: 0 }),
      ask('{versionsArticles(pagination:false){docs{id}}}'),
      ask('{ContactMessages{docs{mails{docs{id}}}}}'),
      ask('{ContactMessages{docs{mails(limit:3){docs{id}}}}}'),
      ask('mutation{createTopic(data:{name:"a"}){id}}'),
      ask(aliases(21, 'Site{name}')),
      ask(aliases(20, 'Articles(limit:1000){docs{id title slug excerpt newsletter{subject}}}')),
      ask('{Subscribers(limit:1001){docs{email}}}'),
    ]).toEqual([
      2001,
      'limit: a whole number from 1 to 1000.',
      'limit: a whole number from 1 to 1000.',
      'limit: give a whole number from 1 to 1000.',
      'limit: give a whole number from 1 to 1000.',
      81,
      2,
      'At most 20 root fields, aliases included.',
      expect.stringMatching(/^The query costs/),
      'limit: a whole number from 1 to 1000.',
    ])
  })
})
