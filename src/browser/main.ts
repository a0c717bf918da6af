import './reader-time.ts'
