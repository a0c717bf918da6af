export interface SeriesTable {
  id: string
  contains: 'seminar' | 'publication'
  planned: number | null
}

export interface SeriesEntryTable {
  series_id: string
  number: number
  record_id: string
  deduced: boolean
}

export interface SeriesTables {
  series: SeriesTable
  series_entry: SeriesEntryTable
}
