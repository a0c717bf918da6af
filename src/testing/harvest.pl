# Lists what an OAI-PMH provider tells, a record a line: identifier, datestamp, status. `perl harvest.pl BASE_URL [FROM]`
use strict;
use warnings;
use HTTP::OAI;

my ($base, $from) = @ARGV;
my $harvester = HTTP::OAI::Harvester->new(baseURL => $base);
my $list = $harvester->ListRecords(
  metadataPrefix => 'oai_dc',
  (defined $from ? (from => $from) : ()),
  onRecord => sub {
    my ($record) = @_;
    my $is_deleted = $record->header->is_deleted;
    die $record->identifier . ' has no metadata' unless $is_deleted || $record->metadata;
    print join("\t", $record->identifier, $record->datestamp, $is_deleted ? 'deleted' : ''), "\n";
  },
);
die $list->code . ' ' . $list->message if $list->is_error;
