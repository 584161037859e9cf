"""Many dossiers: found in trees and archives, judged by several processes, kept in a journal, summed up."""
