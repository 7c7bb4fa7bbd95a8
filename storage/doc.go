// Package storage is where Javab's words meet what lasts: the one Store that every use case sees a part of.
//
// It knows the union of the use cases' transactions, the queue, and what operators ask of an installation. It never
// knows a driver, a table or a key: those are sqlstore, memstore, redisstore, files and vault.
package storage
