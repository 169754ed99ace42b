-- Living sagas are counted, and the oldest found, by name and status whenever somebody asks for the metrics.
drop index platform.saga_live;
create index saga_live on platform.saga (name, status, started_at) where ended_at is null;
