import { AppError } from '../../../../kernel/errors.ts'
import { parseTime } from '../../../../kernel/parse-time.ts'
import {
  type ImportStage,
  type InputFile,
  type Message,
  type Preset,
  type RowTrouble,
  trouble,
} from '../import-stage.ts'
import { pick } from './olist-lookups.ts'
import { findColumns } from './required-columns.ts'

/** The same company's leads: first contacts with where they came from, and the deals that were won. */
export const olistLeads: Preset = {
  timeZone: 'America/Sao_Paulo',
  async prepare(files, { timeZone }) {
    const leads = files.find(({ name }) => /qualified_leads/i.test(name))
    const deals = files.find(({ name }) => /closed_deals/i.test(name))
    if (!leads)
      throw new AppError('unprocessable', 'The file olist_marketing_qualified_leads_dataset.csv is missing.')
    return [leadsStage(leads, timeZone), ...(deals ? [dealsStage(deals, timeZone)] : [])]
  },
}

/** What the export calls an origin, as campaign tags: the channel is then found like everybody's. */
const CAMPAIGNS: Record<string, { source?: string; medium: string } | undefined> = {
  organic_search: { medium: 'organic' },
  paid_search: { medium: 'paid_search' },
  social: { medium: 'social' },
  email: { medium: 'email' },
  display: { medium: 'display' },
  referral: { medium: 'referral' },
  other_publicities: { medium: 'print', source: 'other_publicities' },
}

const LEAD_COLUMNS = ['mql_id', 'first_contact_date', 'landing_page_id', 'origin'] as const

function leadsStage(file: InputFile, zone: string): ImportStage {
  return {
    file,
    compile(columns) {
      const places = findColumns(file.name, columns, LEAD_COLUMNS)
      return (cells) => writeLead(pick(cells, places), zone)
    },
  }
}

function writeLead(row: Record<(typeof LEAD_COLUMNS)[number], string>, zone: string): Message[] | RowTrouble {
  if (row.mql_id === '') return trouble('missing_value', 'mql_id is empty.')
  const at = parseTime(row.first_contact_date, { zone })?.ms
  if (at === undefined) return trouble('bad_time', `first_contact_date is “${row.first_contact_date}”.`)
  const campaign = CAMPAIGNS[row.origin]
  return [
    {
      type: 'track',
      event: 'Lead Created',
      messageId: `olist-leads:${row.mql_id}:lead`,
      timestamp: new Date(at).toISOString(),
      userId: row.mql_id,
      properties: { origin: row.origin || 'unknown', landing_page_id: row.landing_page_id },
      context: campaign ? { campaign: { ...campaign, name: 'olist' } } : {},
    },
  ]
}

const DEAL_COLUMNS = ['mql_id', 'won_date', 'business_segment', 'lead_type', 'business_type'] as const

function dealsStage(file: InputFile, zone: string): ImportStage {
  return {
    file,
    compile(columns) {
      const places = findColumns(file.name, columns, DEAL_COLUMNS)
      return (cells) => writeDeal(pick(cells, places), zone)
    },
  }
}

function writeDeal(row: Record<(typeof DEAL_COLUMNS)[number], string>, zone: string): Message[] | RowTrouble {
  if (row.mql_id === '') return trouble('missing_value', 'mql_id is empty.')
  const at = parseTime(row.won_date, { zone })?.ms
  if (at === undefined) return trouble('bad_time', `won_date is “${row.won_date}”.`)
  const { business_segment, lead_type, business_type } = row
  return [
    {
      type: 'track',
      event: 'Deal Won',
      messageId: `olist-leads:${row.mql_id}:deal`,
      timestamp: new Date(at).toISOString(),
      userId: row.mql_id,
      properties: { business_segment, lead_type, business_type },
    },
  ]
}
