import type { Access, Role } from '../platform/http/access.ts'

const everyone: readonly Role[] = ['owner', 'marketer', 'operator', 'viewer']
const staff: readonly Role[] = ['owner', 'marketer', 'operator']
const marketing: readonly Role[] = ['owner', 'marketer']
const owner: readonly Role[] = ['owner']

/**
 * Who may use which route. The server refuses to start with a route that is not here, or with a line here that is no
 * route; a test walks every line with every role, with nobody and with another shop's member.
 */
export const access: Record<string, Access> = {
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',

  // accounts
  'POST /api/auth/sign-in': 'public',
  'POST /api/auth/second-factor': 'public',
  'POST /api/auth/sign-out': 'signed-in',
  'GET /api/session': 'signed-in',
  'GET /api/welcome/:token': 'public',
  'POST /api/welcome/:token': 'public',
  'POST /api/welcome/:token/password': 'public',
  'GET /api/invitations/:token': 'public',
  'POST /api/invitations/:token/join': 'public',
  'POST /api/invitations/:token/accept': 'signed-in',
  'GET /api/account': 'signed-in',
  'PATCH /api/account': 'signed-in',
  'POST /api/account/password': 'signed-in',
  'GET /api/account/sessions': 'signed-in',
  'DELETE /api/account/sessions/:session': 'signed-in',
  'POST /api/account/sessions/end-others': 'signed-in',
  'POST /api/account/two-factor': 'signed-in',
  'POST /api/account/two-factor/confirm': 'signed-in',
  'POST /api/account/two-factor/recovery-codes': 'signed-in',
  'POST /api/account/two-factor/disable': 'signed-in',
  'GET /api/shops': 'signed-in',
  'POST /api/shops': 'signed-in',
  'GET /api/shops/:shop': everyone,
  'PATCH /api/shops/:shop': owner,
  'POST /api/shops/:shop/archive': owner,
  'POST /api/shops/:shop/restore': owner,
  'POST /api/shops/:shop/leave': everyone,
  'GET /api/shops/:shop/members': everyone,
  'PATCH /api/shops/:shop/members/:member': owner,
  'DELETE /api/shops/:shop/members/:member': owner,
  'GET /api/shops/:shop/invitations': owner,
  'POST /api/shops/:shop/invitations': owner,
  'DELETE /api/shops/:shop/invitations/:invitation': owner,
  'GET /api/shops/:shop/sources': marketing,
  'POST /api/shops/:shop/sources': marketing,
  'PATCH /api/shops/:shop/sources/:source': marketing,
  'POST /api/shops/:shop/sources/:source/keys': marketing,
  'PATCH /api/shops/:shop/keys/:key': marketing,
  'POST /api/shops/:shop/keys/:key/replace': marketing,
  'DELETE /api/shops/:shop/keys/:key': marketing,
  'GET /api/shops/:shop/tokens': marketing,
  'POST /api/shops/:shop/tokens': marketing,
  'DELETE /api/shops/:shop/tokens/:token': marketing,
  'GET /api/shops/:shop/audit': owner,
  'GET /api/shops/:shop/audit/choices': owner,

  // ingestion: the route itself checks the write key
  'POST /v1/identify': 'write-key',
  'POST /v1/track': 'write-key',
  'POST /v1/page': 'write-key',
  'POST /v1/screen': 'write-key',
  'POST /v1/group': 'write-key',
  'POST /v1/alias': 'write-key',
  'POST /v1/batch': 'write-key',
  'POST /v1/i': 'write-key',
  'POST /v1/t': 'write-key',
  'POST /v1/p': 'write-key',
  'POST /v1/s': 'write-key',
  'POST /v1/g': 'write-key',
  'POST /v1/a': 'write-key',
  'POST /v1/b': 'write-key',
  'POST /v1/m': 'public',
  'GET /v1/projects/:key/settings': 'public',
  'GET /t.js': 'public',
  'GET /api/shops/:shop/ingest/recent': everyone,
  'GET /api/shops/:shop/ingest/events/:hash': everyone,
  'GET /api/shops/:shop/ingest/rejects': everyone,
  'GET /api/shops/:shop/ingest/rejects.ndjson': marketing,
  'GET /api/shops/:shop/ingest/counts': everyone,
  'GET /api/shops/:shop/ingest/live': everyone,

  // touchpoints: the rules that say what each event is
  'GET /api/shops/:shop/touchpoints': everyone,
  'GET /api/shops/:shop/touchpoints/progress': everyone,
  'GET /api/shops/:shop/touchpoints/versions': everyone,
  'GET /api/shops/:shop/touchpoints/versions/:version': everyone,
  'GET /api/shops/:shop/touchpoints/counts': everyone,
  'POST /api/shops/:shop/touchpoints/preview': marketing,
  'PUT /api/shops/:shop/touchpoints/draft': marketing,
  'DELETE /api/shops/:shop/touchpoints/draft': marketing,
  'POST /api/shops/:shop/touchpoints/publish': marketing,
  'POST /api/shops/:shop/touchpoints/versions/:version/restore': marketing,
  'POST /api/shops/:shop/touchpoints/reset': marketing,
  'GET /api/shops/:shop/scenarios': everyone,
  'POST /api/shops/:shop/scenarios': marketing,
  'PUT /api/shops/:shop/scenarios/:scenario': marketing,
  'DELETE /api/shops/:shop/scenarios/:scenario': marketing,

  // people: who may look at one may not take the whole list along
  'GET /api/shops/:shop/people': everyone,
  'GET /api/shops/:shop/people.csv': marketing,
  'GET /api/shops/:shop/people/:person': everyone,
  'GET /api/shops/:shop/people/:person/path': everyone,
  'GET /api/shops/:shop/people/:person/events': everyone,
  'GET /api/shops/:shop/people/:person/export': marketing,
  'GET /api/shops/:shop/people/:person/merge-preview': marketing,
  'POST /api/shops/:shop/people/:person/merge': marketing,
  'POST /api/shops/:shop/people/:person/identities/:identity/detach': marketing,
  'POST /api/shops/:shop/people/:person/erase': owner,
  'POST /api/shops/:shop/merges/:merge/undo': marketing,
  'GET /api/shops/:shop/merge-suggestions': everyone,
  'POST /api/shops/:shop/merge-suggestions/:suggestion/accept': marketing,
  'POST /api/shops/:shop/merge-suggestions/:suggestion/dismiss': marketing,
  'GET /api/shops/:shop/erasures': owner,

  // orders
  'GET /api/shops/:shop/orders': everyone,
  'GET /api/shops/:shop/orders.csv': marketing,
  'GET /api/shops/:shop/order-summary': everyone,
  'GET /api/shops/:shop/order-choices': everyone,
  'GET /api/shops/:shop/orders/:order': everyone,

  // standards
  'GET /api/shops/:shop/working-hours': everyone,
  'PUT /api/shops/:shop/working-hours': marketing,

  // decisions
  'GET /api/shops/:shop/decisions': everyone,
  'GET /api/shops/:shop/decisions/:decision/verdict': everyone,
  'POST /api/shops/:shop/decisions': marketing,
  'PATCH /api/shops/:shop/decisions/:decision': marketing,
  'DELETE /api/shops/:shop/decisions/:decision': marketing,
  'POST /api/shops/:shop/decisions/:decision/restore': marketing,

  // reviews
  'GET /api/shops/:shop/reviews': everyone,
  'PATCH /api/shops/:shop/reviews/:touchpoint': marketing,
  'GET /api/shops/:shop/reviews/:touchpoint/checks': everyone,
  'POST /api/shops/:shop/reviews/:touchpoint/checks': staff,
  'DELETE /api/shops/:shop/reviews/:touchpoint/checks/:check': staff,
  'POST /api/shops/:shop/reviews/:touchpoint/checks/:check/restore': staff,

  // imports
  'GET /api/shops/:shop/imports': everyone,
  'GET /api/shops/:shop/imports/limits': marketing,
  'POST /api/shops/:shop/imports/files': marketing,
  'POST /api/shops/:shop/imports/preview': marketing,
  'POST /api/shops/:shop/imports': marketing,
  'GET /api/shops/:shop/imports/:import': everyone,
  'GET /api/shops/:shop/imports/:import/live': everyone,
  'POST /api/shops/:shop/imports/:import/cancel': marketing,
  'POST /api/shops/:shop/imports/:import/resume': marketing,
  'GET /api/shops/:shop/imports/:import/bad-rows.csv': marketing,

  // reports
  'GET /api/shops/:shop/summary': everyone,
  'GET /api/shops/:shop/reports': everyone,
  'POST /api/shops/:shop/reports': marketing,
  'GET /api/shops/:shop/reports/:report': everyone,
  'PATCH /api/shops/:shop/reports/:report': marketing,
  'DELETE /api/shops/:shop/reports/:report': marketing,

  // segments: who may look at one person after another may not take the list along
  'GET /api/shops/:shop/segments': everyone,
  'POST /api/shops/:shop/segments': marketing,
  'POST /api/shops/:shop/segments/size': everyone,
  'GET /api/shops/:shop/segment-choices': everyone,
  'GET /api/shops/:shop/segments/:segment': everyone,
  'PUT /api/shops/:shop/segments/:segment': marketing,
  'DELETE /api/shops/:shop/segments/:segment': marketing,
  'POST /api/shops/:shop/segments/:segment/copy': marketing,
  'GET /api/shops/:shop/segments/:segment/persons': everyone,
  'GET /api/shops/:shop/segments/:segment/persons.csv': marketing,

  // cohorts
  'GET /api/shops/:shop/cohorts': everyone,
  'GET /api/shops/:shop/cohorts/persons': everyone,

  // drivers
  'GET /api/shops/:shop/drivers': everyone,
  'GET /api/shops/:shop/drivers/persons': everyone,
  'GET /api/shops/:shop/drivers/persons.csv': marketing,
  'GET /api/shops/:shop/drivers/settings': everyone,
  'PUT /api/shops/:shop/drivers/settings': marketing,

  // exposure
  'GET /api/shops/:shop/exposure': everyone,
  'GET /api/shops/:shop/exposure/persons': everyone,

  // funnels
  'GET /api/shops/:shop/funnel': everyone,
  'GET /api/shops/:shop/funnel/persons': everyone,
  'GET /api/shops/:shop/funnel/fields': everyone,
  'GET /api/shops/:shop/funnel/choosing': everyone,
  'GET /api/shops/:shop/funnel/choosing/persons': everyone,
  'GET /api/shops/:shop/funnel/returning': everyone,
  'GET /api/shops/:shop/funnel/returning/persons': everyone,
  'GET /api/shops/:shop/funnel/references': everyone,
  'PUT /api/shops/:shop/funnel/references': marketing,

  // journeys
  'GET /api/shops/:shop/journey-map': everyone,
  'GET /api/shops/:shop/journey-map/persons': everyone,
  'GET /api/shops/:shop/journey-map/live': everyone,
  'GET /api/shops/:shop/journey-map/stage/:stage': everyone,
  'GET /api/shops/:shop/journey-map/stage/:stage/words': everyone,

  // paths
  'GET /api/shops/:shop/paths/flow': everyone,
  'GET /api/shops/:shop/paths/variants': everyone,
  'GET /api/shops/:shop/paths/steps': everyone,
  'GET /api/shops/:shop/paths/persons': everyone,

  // attribution
  'GET /api/shops/:shop/attribution': everyone,
  'GET /api/shops/:shop/attribution/orders': everyone,
  'GET /api/shops/:shop/attribution/weeks': everyone,
  'GET /api/shops/:shop/ad-costs': everyone,
  'POST /api/shops/:shop/ad-costs': marketing,
  'DELETE /api/shops/:shop/ad-costs': marketing,

  // conformance
  'GET /api/shops/:shop/conformance': everyone,
  'GET /api/shops/:shop/conformance/persons': everyone,

  // channel mix
  'GET /api/shops/:shop/channel-mix': everyone,
  'GET /api/shops/:shop/channel-mix/orders': everyone,

  // boards and the first page: who may not call customers has no list of whom to call
  'GET /api/shops/:shop/boards': everyone,
  'POST /api/shops/:shop/boards': staff,
  'GET /api/shops/:shop/boards/:board': everyone,
  'PATCH /api/shops/:shop/boards/:board': staff,
  'DELETE /api/shops/:shop/boards/:board': staff,
  'POST /api/shops/:shop/boards/:board/restore': staff,
  'POST /api/shops/:shop/boards/:board/cards': staff,
  'PUT /api/shops/:shop/boards/:board/order': staff,
  'PATCH /api/shops/:shop/boards/:board/cards/:card': staff,
  'DELETE /api/shops/:shop/boards/:board/cards/:card': staff,
  'POST /api/shops/:shop/boards/:board/cards/:card/restore': staff,
  'GET /api/shops/:shop/today': everyone,
  'GET /api/shops/:shop/calls': staff,
  'GET /api/shops/:shop/calls.csv': marketing,
  'PUT /api/shops/:shop/calls/:person': staff,
  'DELETE /api/shops/:shop/calls/:person': staff,

  // changes
  'GET /api/shops/:shop/changes': everyone,
  'GET /api/shops/:shop/changes/weekly': everyone,
  'GET /api/shops/:shop/alarms': everyone,
  'PATCH /api/shops/:shop/alarms/:alarm': marketing,

  // upkeep
  'GET /api/shops/:shop/system': everyone,
  'POST /api/shops/:shop/system/resume': owner,

  // guide
  'GET /api/shops/:shop/guide': marketing,
  'PATCH /api/shops/:shop/guide': marketing,
  'GET /api/shops/:shop/guide/sites': marketing,
  'POST /api/shops/:shop/reachability': marketing,
  'GET /api/reachability/:nonce': 'public',
  'GET /api/shops/:shop/demo': everyone,
  'POST /api/shops/:shop/demo': owner,
}

export const audiences = { everyone, staff, marketing, owner }
