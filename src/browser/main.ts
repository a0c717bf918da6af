import './reader-time.ts'
import './search-suggest.ts'
