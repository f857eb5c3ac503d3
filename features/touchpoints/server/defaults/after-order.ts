import type { Touchpoint } from '../../contract.ts'
import { allOf, anyOf, atMost, makeStage, named, pagesUnder, throughChannel } from './make.ts'

export const aftercare: Touchpoint[] = makeStage('aftercare', [
  {
    key: 'how_to',
    channel: 'site',
    rule: anyOf(
      named('How-To Opened', 'Manual Opened'),
      pagesUnder(
        'how-to',
        'manuals',
        'manual',
        'instrukciya',
        'instruktsiya',
        'instrukcii',
        'instruktsiyi',
        'guides',
      ),
    ),
  },
  {
    key: 'warranty',
    channel: 'store',
    rule: anyOf(
      named('Order Returned', 'Return Requested', 'Warranty Requested', 'Warranty Decided'),
      allOf(named('Case Opened', 'Case Resolved'), {
        field: 'properties.kind',
        op: 'in',
        value: ['warranty', 'return'],
      }),
    ),
    standards: [atMost({ measure: 'decision_days', good: 3, bad: 14, unit: 'days', source: 'G' })],
  },
  {
    key: 'complaint',
    channel: 'unknown',
    rule: named('Case Opened', 'Case Resolved', 'Complaint Made', 'Complaint Answered'),
    standards: [atMost({ measure: 'first_reply_hours', good: 2, bad: 24, unit: 'h', source: 'G' })],
  },
  {
    key: 'ads_after_buying',
    channel: 'display_ad',
    // How long the advertising still showed what was bought: a day is what excluding a buyer takes.
    standards: [atMost({ measure: 'shown_days', good: 1, bad: 1, unit: 'days', source: 'G' })],
  },
  {
    key: 'newsletter',
    channel: 'email',
    claims: 'both',
    rule: anyOf(
      named('Email Delivered', 'Email Opened', 'Email Link Clicked', 'Email Clicked', 'Unsubscribed'),
      named('SMS Delivered', 'SMS Link Clicked', 'Push Notification Received', 'Push Notification Tapped'),
      allOf(
        { field: 'kind', op: 'equals', value: 'page' },
        throughChannel('email', 'sms', 'push', 'messenger'),
      ),
    ),
  },
])

/** What is said and done at the end: outcomes, not things to keep a standard at, but for the answer to a review. */
export const opinion: Touchpoint[] = makeStage('opinion', [
  { key: 'survey', channel: 'site', rule: named('Feedback Given', 'Survey Answered') },
  {
    key: 'public_review',
    channel: 'review_site',
    rule: named('Product Reviewed', 'Review Posted', 'Review Answered'),
    standards: [atMost({ measure: 'reply_days', good: 1, bad: 3, unit: 'days', source: 'G' })],
  },
  {
    key: 'referral',
    channel: 'friend',
    rule: named('Friend Invited', 'Referral Shared', 'Product Shared', 'Cart Shared'),
  },
  { key: 'repeat_order', channel: 'site', rule: named('Order Repeated') },
])
